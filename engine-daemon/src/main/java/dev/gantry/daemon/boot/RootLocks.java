package dev.gantry.daemon.boot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds the data root and the exec root for this process alone, and its pid file, until closed. */
final class RootLocks implements AutoCloseable {

    /** Not for other users: images hold set-user-id programs of theirs (CVE-2021-41091). */
    private static final Set<PosixFilePermission> DATA_ROOT_MODE = PosixFilePermissions.fromString("rwx--x---");

    /** The way to the socket, which says itself who may use it. */
    private static final Set<PosixFilePermission> EXEC_ROOT_MODE = PosixFilePermissions.fromString("rwx--x--x");

    private final List<FileChannel> held = new ArrayList<>();
    private final Optional<Path> pidFile;

    private RootLocks(Optional<Path> pidFile) {
        this.pidFile = pidFile;
    }

    /**
     * Takes the locks.
     *
     * @throws ConfigurationException if another daemon has them
     */
    static RootLocks take(DaemonOptions options) {
        RootLocks locks = new RootLocks(options.pidFile());
        try {
            locks.lock(options.dataRoot(), "--data-root", DATA_ROOT_MODE);
            locks.lock(options.execRoot(), "--exec-root", EXEC_ROOT_MODE);
            if (options.pidFile().isPresent()) {
                locks.writePid(options.pidFile().get());
            }
            return locks;
        } catch (RuntimeException e) {
            locks.close();
            throw e;
        }
    }

    private void lock(Path root, String option, Set<PosixFilePermission> mode) {
        try {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, mode);
            FileChannel channel = FileChannel.open(
                    root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            held.add(channel);
            if (!isFree(channel)) {
                throw new ConfigurationException(root + " is in use by another daemon" + holder(channel)
                        + "; stop it or choose another " + option);
            }
            channel.truncate(0);
            channel.write(pid());
        } catch (IOException e) {
            throw new ConfigurationException("cannot lock " + root + ": " + e.getMessage(), e);
        }
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(16);
        channel.read(text, 0);
        String pid = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
        return pid.isEmpty() ? "" : " (process " + pid + ")";
    }

    private static ByteBuffer pid() {
        return StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n");
    }

    private void writePid(Path file) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new ConfigurationException("cannot write the pid file " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            if (pidFile.isPresent()) {
                Files.deleteIfExists(pidFile.get());
            }
            for (FileChannel channel : held) {
                channel.close();
            }
        } catch (IOException e) {
            throw new ConfigurationException("cannot give up the daemon's locks: " + e.getMessage(), e);
        }
    }
}
