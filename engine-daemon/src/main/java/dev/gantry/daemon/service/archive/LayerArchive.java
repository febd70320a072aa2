package dev.gantry.daemon.service.archive;

import dev.gantry.daemon.linux.file.RootDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes what a container changed as the archive of an image's layer, deleted names as OCI marks them. */
public final class LayerArchive {

    private LayerArchive() {}

    /**
     * Writes the layer. The stream stays open.
     *
     * @param upper what the container wrote, in the form of overlay
     * @param image what it started from
     */
    public static void write(RootDirectory upper, RootDirectory image, OutputStream target) throws IOException {
        List<TreeChange> changes = TreeComparison.changes(upper, image);
        Set<String> names = new HashSet<>();
        changes.forEach(change -> names.add(change.path().substring(1)));
        new TreeArchiver(new TarWriter(target), names).archiveContent(upper);
        target.flush();
    }
}
