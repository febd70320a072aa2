package dev.gantry.daemon.service.archive;

import dev.gantry.daemon.linux.file.RootDirectory;
import java.io.IOException;
import java.io.OutputStream;

/** Writes all that is in a directory as an archive, names relative to it, sorted. */
public final class TreeArchive {

    private TreeArchive() {}

    /** What vanishes meanwhile is left out. The stream stays open. */
    public static void write(RootDirectory root, OutputStream target) throws IOException {
        new TreeArchiver(new TarWriter(target)).archiveContent(root);
        target.flush();
    }
}
