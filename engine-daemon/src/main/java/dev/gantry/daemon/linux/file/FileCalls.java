package dev.gantry.daemon.linux.file;

import com.sun.jna.LastErrorException;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Calls the kernel about files, relative to open directories. Paths are in the form of {@link PathBytes}. Everything
 * that is opened is close-on-exec. Every method throws {@link LinuxException} when the kernel refuses. Thread-safe.
 */
public final class FileCalls {

    /** Stands for the working directory; with an absolute path it does not matter. */
    public static final int AT_FDCWD = -100;

    public static final int RENAME_NOREPLACE = 1;
    public static final int RENAME_EXCHANGE = 2;

    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;
    private static final byte[] EMPTY = {0};

    private FileCalls() {}

    /** Opens relative to a directory. The caller closes the result. */
    public static Fd openat(int directory, byte[] path, int flags, int mode) {
        try {
            return Fd.own(CLibrary.openat(directory, path, flags | OpenFlags.O_CLOEXEC, mode));
        } catch (LastErrorException e) {
            throw failed("openat", path, e);
        }
    }

    /** Opens a host path. The caller closes the result. */
    public static Fd open(Path path, int flags, int mode) {
        return openat(AT_FDCWD, PathBytes.of(path), flags, mode);
    }

    /** Opens a directory of the host for use as a starting point. The caller closes the result. */
    public static Fd openDirectory(Path path) {
        return open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
    }

    /** Opens relative to a directory with rules for the steps of the path. The caller closes the result. */
    public static Fd openat2(int directory, byte[] path, int flags, int mode, int resolve) {
        while (true) {
            try {
                long[] how = {(flags | OpenFlags.O_CLOEXEC) & 0xFFFFFFFFL, mode, resolve};
                return Fd.own((int) CLibrary.syscall(CLibrary.SYS_OPENAT2, directory, path, how, 24));
            } catch (LastErrorException e) {
                // The kernel asks to try again when a rename crossed the resolution of "..".
                if (e.getErrorCode() != Errno.EAGAIN) {
                    throw failed("openat2", path, e);
                }
            }
        }
    }

    public static void mkdirat(int directory, byte[] path, int mode) {
        try {
            CLibrary.mkdirat(directory, path, mode);
        } catch (LastErrorException e) {
            throw failed("mkdirat", path, e);
        }
    }

    /** Makes a device, fifo or socket file; {@code mode} holds the type. */
    public static void mknodat(int directory, byte[] path, int mode, int major, int minor) {
        try {
            CLibrary.mknodat(directory, path, mode, device(major, minor));
        } catch (LastErrorException e) {
            throw failed("mknodat", path, e);
        }
    }

    static long device(int major, int minor) {
        long high = major & 0xFFFFFFFFL;
        long low = minor & 0xFFFFFFFFL;
        return (low & 0xff) | ((high & 0xfff) << 8) | ((low & ~0xffL) << 12) | ((high & ~0xfffL) << 32);
    }

    public static void symlinkat(byte[] target, int directory, byte[] path) {
        try {
            CLibrary.symlinkat(target, directory, path);
        } catch (LastErrorException e) {
            throw failed("symlinkat", path, e);
        }
    }

    /** Gives a file another name; a symbolic link is itself linked, not what it points to. */
    public static void linkat(int fromDirectory, byte[] from, int toDirectory, byte[] to) {
        try {
            CLibrary.linkat(fromDirectory, from, toDirectory, to, 0);
        } catch (LastErrorException e) {
            throw failed("linkat", to, e);
        }
    }

    public static void unlinkat(int directory, byte[] path) {
        try {
            CLibrary.unlinkat(directory, path, 0);
        } catch (LastErrorException e) {
            throw failed("unlinkat", path, e);
        }
    }

    public static void rmdirat(int directory, byte[] path) {
        try {
            CLibrary.unlinkat(directory, path, AT_REMOVEDIR);
        } catch (LastErrorException e) {
            throw failed("rmdir", path, e);
        }
    }

    public static void renameat2(int fromDirectory, byte[] from, int toDirectory, byte[] to, int flags) {
        try {
            CLibrary.renameat2(fromDirectory, from, toDirectory, to, flags);
        } catch (LastErrorException e) {
            throw failed("renameat2", to, e);
        }
    }

    public static void fchown(Fd file, int user, int group) {
        try {
            CLibrary.fchown(file.number(), user, group);
        } catch (LastErrorException e) {
            throw failed("fchown", file, e);
        }
    }

    /** Changes the owner of a name, of a symbolic link itself. */
    public static void fchownat(int directory, byte[] path, int user, int group) {
        try {
            CLibrary.fchownat(directory, path, user, group, AT_SYMLINK_NOFOLLOW);
        } catch (LastErrorException e) {
            throw failed("fchownat", path, e);
        }
    }

    public static void fchmod(Fd file, int mode) {
        try {
            CLibrary.fchmod(file.number(), mode);
        } catch (LastErrorException e) {
            throw failed("fchmod", file, e);
        }
    }

    /**
     * Changes the mode of a name. It follows symbolic links, as the kernel has no other form on older releases: only
     * for names that were just made and are known to be no links.
     */
    public static void fchmodat(int directory, byte[] path, int mode) {
        try {
            CLibrary.fchmodat(directory, path, mode, 0);
        } catch (LastErrorException e) {
            throw failed("fchmodat", path, e);
        }
    }

    public static void futimens(Fd file, Timestamp accessed, Timestamp modified) {
        try {
            CLibrary.futimens(file.number(), times(accessed, modified));
        } catch (LastErrorException e) {
            throw failed("futimens", file, e);
        }
    }

    /** Sets the times of a name, of a symbolic link itself. */
    public static void utimensat(int directory, byte[] path, Timestamp accessed, Timestamp modified) {
        try {
            CLibrary.utimensat(directory, path, times(accessed, modified), AT_SYMLINK_NOFOLLOW);
        } catch (LastErrorException e) {
            throw failed("utimensat", path, e);
        }
    }

    private static long[] times(Timestamp accessed, Timestamp modified) {
        return new long[] {accessed.seconds(), accessed.nanos(), modified.seconds(), modified.nanos()};
    }

    public static FileStatus status(Fd file) {
        byte[] status = new byte[FileStatus.SIZE];
        try {
            CLibrary.statx(file.number(), EMPTY, AT_EMPTY_PATH, STATX_BASIC_STATS, status);
        } catch (LastErrorException e) {
            throw failed("statx", file, e);
        }
        return FileStatus.parse(status);
    }

    /** The status of a name, of a symbolic link itself; empty when there is no such name. */
    public static Optional<FileStatus> status(int directory, byte[] path) {
        byte[] status = new byte[FileStatus.SIZE];
        try {
            CLibrary.statx(directory, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, status);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw failed("statx", path, e);
        }
        return Optional.of(FileStatus.parse(status));
    }

    /** The target of a symbolic link, terminated as {@link PathBytes} are. */
    public static byte[] readlinkat(int directory, byte[] path) {
        byte[] target = new byte[4097];
        try {
            long length = CLibrary.readlinkat(directory, path, target, target.length - 1L);
            return PathBytes.of(target, 0, (int) length);
        } catch (LastErrorException e) {
            throw failed("readlinkat", path, e);
        }
    }

    /** Writes all of a range of native memory at the file's position. */
    public static void writeFully(Fd file, long address, long size) {
        long done = 0;
        while (done < size) {
            try {
                done += CLibrary.write(file.number(), address + done, size - done);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != Errno.EINTR) {
                    throw failed("write", file, e);
                }
            }
        }
    }

    /** Writes all of a range of native memory at an offset. */
    public static void pwriteFully(Fd file, long address, long size, long offset) {
        long done = 0;
        while (done < size) {
            try {
                done += CLibrary.pwrite(file.number(), address + done, size - done, offset + done);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != Errno.EINTR) {
                    throw failed("pwrite", file, e);
                }
            }
        }
    }

    /** Reads up to {@code size} bytes into native memory; 0 at the end. */
    public static long read(Fd file, long address, long size) {
        while (true) {
            try {
                return CLibrary.read(file.number(), address, size);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != Errno.EINTR) {
                    throw failed("read", file, e);
                }
            }
        }
    }

    public static void ftruncate(Fd file, long size) {
        try {
            CLibrary.ftruncate(file.number(), size);
        } catch (LastErrorException e) {
            throw failed("ftruncate", file, e);
        }
    }

    /** Gives the blocks of a range back; it reads as zeros afterwards. */
    public static void punchHole(Fd file, long offset, long size) {
        try {
            CLibrary.fallocate(file.number(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, size);
        } catch (LastErrorException e) {
            throw failed("fallocate", file, e);
        }
    }

    public static void fsync(Fd file) {
        try {
            CLibrary.fsync(file.number());
        } catch (LastErrorException e) {
            throw failed("fsync", file, e);
        }
    }

    /** Waits until everything written to the file system that holds the file is on its disk. */
    public static void syncfs(Fd file) {
        try {
            CLibrary.syncfs(file.number());
        } catch (LastErrorException e) {
            throw failed("syncfs", file, e);
        }
    }

    static LinuxException failed(String call, byte[] path, LastErrorException e) {
        return new LinuxException(call, PathBytes.text(path), e.getErrorCode());
    }

    static LinuxException failed(String call, Fd file, LastErrorException e) {
        return new LinuxException(call, "descriptor " + file.number(), e.getErrorCode());
    }
}
