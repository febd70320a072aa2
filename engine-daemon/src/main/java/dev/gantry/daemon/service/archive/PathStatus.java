package dev.gantry.daemon.service.archive;

import dev.gantry.daemon.linux.file.FileStatus;
import java.time.Instant;

/**
 * What clients are told of a path before they copy it.
 *
 * @param name the last name of the path
 * @param size bytes
 * @param mode the bits of Go's {@code FileMode}
 * @param modified time of the last write
 * @param linkTarget of a symbolic link the path it leads to in the end; else empty
 */
public record PathStatus(String name, long size, long mode, Instant modified, String linkTarget) {

    private static final long DIRECTORY = 1L << 31;
    private static final long SYMBOLIC_LINK = 1L << 27;
    private static final long DEVICE = 1L << 26;
    private static final long NAMED_PIPE = 1L << 25;
    private static final long SOCKET = 1L << 24;
    private static final long SETUID = 1L << 23;
    private static final long SETGID = 1L << 22;
    private static final long CHARACTER_DEVICE = 1L << 21;
    private static final long STICKY = 1L << 20;

    static PathStatus of(String name, FileStatus status, String linkTarget) {
        Instant modified = Instant.ofEpochSecond(
                status.modified().seconds(), status.modified().nanos());
        return new PathStatus(name, status.size(), goMode(status), modified, linkTarget);
    }

    static long goMode(FileStatus status) {
        long mode = status.permissions() & 0777;
        mode |= (status.permissions() & 04000) != 0 ? SETUID : 0;
        mode |= (status.permissions() & 02000) != 0 ? SETGID : 0;
        mode |= (status.permissions() & 01000) != 0 ? STICKY : 0;
        return mode
                | switch (status.type()) {
                    case FileStatus.DIRECTORY -> DIRECTORY;
                    case FileStatus.SYMBOLIC_LINK -> SYMBOLIC_LINK;
                    case FileStatus.BLOCK_DEVICE -> DEVICE;
                    case FileStatus.CHARACTER_DEVICE -> DEVICE | CHARACTER_DEVICE;
                    case FileStatus.FIFO -> NAMED_PIPE;
                    case FileStatus.SOCKET -> SOCKET;
                    default -> 0;
                };
    }
}
