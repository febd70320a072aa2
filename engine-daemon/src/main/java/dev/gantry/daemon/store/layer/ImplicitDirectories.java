package dev.gantry.daemon.store.layer;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.FileStatus;
import dev.gantry.daemon.linux.file.OpenFlags;
import dev.gantry.daemon.linux.file.RootDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives directories that an archive used without describing them the attributes they have in the layers below; in an
 * overlay the topmost directory decides, and a made-up one would change, say, the mode of {@code /tmp}.
 */
final class ImplicitDirectories {

    private ImplicitDirectories() {}

    static void fix(Path files, List<ContainerPath> implicit, List<Path> below) {
        if (implicit.isEmpty() || below.isEmpty()) {
            return;
        }
        List<RootDirectory> lowers = new ArrayList<>();
        try (RootDirectory root = RootDirectory.open(files)) {
            for (int i = below.size() - 1; i >= 0; i--) {
                lowers.add(RootDirectory.open(below.get(i)));
            }
            // Inner ones first, as nothing is to change in a directory after its times were set.
            for (int i = implicit.size() - 1; i >= 0; i--) {
                fix(root, implicit.get(i), lowers);
            }
        } finally {
            lowers.forEach(RootDirectory::close);
        }
    }

    private static void fix(RootDirectory root, ContainerPath path, List<RootDirectory> lowersTopFirst) {
        for (RootDirectory lower : lowersTopFirst) {
            Optional<FileStatus> found = lower.status(path);
            if (found.isPresent()) {
                if (found.get().isDirectory()) {
                    apply(root, path, found.get());
                }
                return;
            }
        }
    }

    private static void apply(RootDirectory root, ContainerPath path, FileStatus status) {
        Optional<FileStatus> own = root.status(path);
        if (own.isEmpty() || !own.get().isDirectory()) {
            return;
        }
        int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;
        try (Fd directory = root.open(path, flags, 0)) {
            FileCalls.fchown(directory, status.user(), status.group());
            FileCalls.fchmod(directory, status.permissions());
            FileCalls.futimens(directory, status.accessed(), status.modified());
        }
    }
}
