package dev.gantry.daemon.linux.file;

import com.sun.jna.Platform;

/** The kernel's flags for opening files and for resolving paths. */
public final class OpenFlags {

    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_NOCTTY = 0x100;
    public static final int O_TRUNC = 0x200;
    public static final int O_APPEND = 0x400;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_DIRECTORY = Platform.isARM() ? 0x4000 : 0x10000;
    public static final int O_NOFOLLOW = Platform.isARM() ? 0x8000 : 0x20000;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;

    /** No step of the path may cross a mount. */
    public static final int RESOLVE_NO_XDEV = 0x01;

    /** No step of the path may be a magic link of {@code /proc}. */
    public static final int RESOLVE_NO_MAGICLINKS = 0x02;

    /** No step of the path may be a symbolic link. */
    public static final int RESOLVE_NO_SYMLINKS = 0x04;

    /** The path may not leave the directory it starts in; a try fails. */
    public static final int RESOLVE_BENEATH = 0x08;

    /** The directory the path starts in is its root: absolute links and {@code ..} end there. */
    public static final int RESOLVE_IN_ROOT = 0x10;

    private OpenFlags() {}
}
