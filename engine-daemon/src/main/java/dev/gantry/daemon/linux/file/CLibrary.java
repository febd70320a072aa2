package dev.gantry.daemon.linux.file;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** The C library's file calls. Paths are bytes that end with NUL; addresses are plain numbers. */
final class CLibrary {

    static final long SYS_OPENAT2 = 437;

    static {
        Native.register(CLibrary.class, "c");
    }

    private CLibrary() {}

    static native int openat(int directory, byte[] path, int flags, int mode) throws LastErrorException;

    static native long syscall(long number, int directory, byte[] path, long[] how, long size)
            throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    static native int mkdirat(int directory, byte[] path, int mode) throws LastErrorException;

    static native int mknodat(int directory, byte[] path, int mode, long device) throws LastErrorException;

    static native int symlinkat(byte[] target, int directory, byte[] path) throws LastErrorException;

    static native int linkat(int fromDirectory, byte[] from, int toDirectory, byte[] to, int flags)
            throws LastErrorException;

    static native int unlinkat(int directory, byte[] path, int flags) throws LastErrorException;

    static native int renameat2(int fromDirectory, byte[] from, int toDirectory, byte[] to, int flags)
            throws LastErrorException;

    static native int fchown(int descriptor, int user, int group) throws LastErrorException;

    static native int fchownat(int directory, byte[] path, int user, int group, int flags) throws LastErrorException;

    static native int fchmod(int descriptor, int mode) throws LastErrorException;

    static native int fchmodat(int directory, byte[] path, int mode, int flags) throws LastErrorException;

    static native int futimens(int descriptor, long[] times) throws LastErrorException;

    static native int utimensat(int directory, byte[] path, long[] times, int flags) throws LastErrorException;

    static native int fsetxattr(int descriptor, byte[] name, byte[] value, long size, int flags)
            throws LastErrorException;

    static native int lsetxattr(byte[] path, byte[] name, byte[] value, long size, int flags) throws LastErrorException;

    static native long lgetxattr(byte[] path, byte[] name, byte[] value, long size) throws LastErrorException;

    static native long llistxattr(byte[] path, byte[] list, long size) throws LastErrorException;

    static native long read(int descriptor, long address, long size) throws LastErrorException;

    static native long write(int descriptor, long address, long size) throws LastErrorException;

    static native long pwrite(int descriptor, long address, long size, long offset) throws LastErrorException;

    static native int ftruncate(int descriptor, long size) throws LastErrorException;

    static native int fallocate(int descriptor, int mode, long offset, long size) throws LastErrorException;

    static native long lseek(int descriptor, long offset, int whence) throws LastErrorException;

    static native int fsync(int descriptor) throws LastErrorException;

    static native int syncfs(int descriptor) throws LastErrorException;

    static native int statx(int directory, byte[] path, int flags, int mask, byte[] status) throws LastErrorException;

    static native long readlinkat(int directory, byte[] path, byte[] target, long size) throws LastErrorException;

    static native long getdents64(int descriptor, byte[] entries, long size) throws LastErrorException;

    static native int fstatfs(int descriptor, long[] status) throws LastErrorException;

    static native long copy_file_range(int from, long fromOffset, int to, long toOffset, long size, int flags)
            throws LastErrorException;
}
