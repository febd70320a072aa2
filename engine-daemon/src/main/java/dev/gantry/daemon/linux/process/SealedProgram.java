package dev.gantry.daemon.linux.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a program in memory that nobody can change any more. OCI runtimes make one of themselves at each start and
 * start again from it, lest a container write to the program through {@code /proc}; one that is started from such a copy
 * spares itself that. The copy follows the file: a program that was replaced on disk is copied anew. Safe for use by
 * many threads.
 */
public final class SealedProgram implements AutoCloseable {

    private static final int MFD_CLOEXEC = 0x1;
    private static final int MFD_ALLOW_SEALING = 0x2;
    private static final int F_ADD_SEALS = 1033;
    private static final int SEAL_SEAL_SHRINK_GROW_WRITE = 0xf;

    private final Path program;
    private Version version;
    private Fd copy;
    private @Nullable Fd former;

    private record Version(@Nullable Object file, FileTime modified, long size) {

        static Version of(Path program) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(program, BasicFileAttributes.class);
            return new Version(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        }
    }

    private SealedProgram(Path program, Version version, Fd copy) {
        this.program = program;
        this.version = version;
        this.copy = copy;
    }

    /** Copies a program; empty where this host does not let programs run from memory. The caller closes it. */
    public static Optional<SealedProgram> of(Path program) {
        try {
            Version version = Version.of(program);
            SealedProgram sealed = new SealedProgram(program, version, copy(program));
            if (Files.isExecutable(sealed.pathOfCopy())) {
                return Optional.of(sealed);
            }
            sealed.close();
            return Optional.empty();
        } catch (LinuxException | IOException e) {
            return Optional.empty();
        }
    }

    /** Where the copy can be started from, while this object is open; the program itself where it cannot be copied. */
    public synchronized Path path() {
        try {
            Version now = Version.of(program);
            if (!now.equals(version)) {
                Fd fresh = copy(program);
                if (former != null) {
                    former.close();
                }
                // a program that is just being started may still need it
                former = copy;
                copy = fresh;
                version = now;
            }
            return pathOfCopy();
        } catch (LinuxException | IOException e) {
            return program;
        }
    }

    private Path pathOfCopy() {
        return Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd", Integer.toString(copy.number()));
    }

    private static Fd copy(Path program) throws IOException {
        Fd memory = memfd(program);
        try (FileChannel from = FileChannel.open(program, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(Path.of(memory.procPath()), StandardOpenOption.WRITE)) {
            long size = from.size();
            long copied = 0;
            while (copied < size) {
                long count = from.transferTo(copied, size - copied, to);
                if (count <= 0) {
                    throw new IOException(program + " became shorter while it was copied");
                }
                copied += count;
            }
        } catch (IOException e) {
            memory.close();
            throw e;
        }
        seal(memory, program);
        return memory;
    }

    private static Fd memfd(Path program) {
        try {
            return Fd.own(
                    CLibrary.memfd_create(String.valueOf(program.getFileName()), MFD_CLOEXEC | MFD_ALLOW_SEALING));
        } catch (LastErrorException e) {
            throw new LinuxException("memfd_create", program.toString(), e.getErrorCode());
        }
    }

    private static void seal(Fd memory, Path program) {
        try {
            CLibrary.fcntl(memory.number(), F_ADD_SEALS, SEAL_SEAL_SHRINK_GROW_WRITE);
        } catch (LastErrorException e) {
            memory.close();
            throw new LinuxException("fcntl", program.toString(), e.getErrorCode());
        }
    }

    @Override
    public synchronized void close() {
        copy.close();
        if (former != null) {
            former.close();
        }
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int memfd_create(String name, int flags) throws LastErrorException;

        static native int fcntl(int fd, int command, int argument) throws LastErrorException;
    }
}
