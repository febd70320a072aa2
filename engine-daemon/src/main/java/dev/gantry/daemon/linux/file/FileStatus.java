package dev.gantry.daemon.linux.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the kernel tells about a file.
 *
 * @param mode type and permission bits
 * @param links number of names
 * @param user numeric owner
 * @param group numeric group
 * @param inode number within its file system
 * @param device identity of its file system
 * @param deviceMajor of a device file
 * @param deviceMinor of a device file
 * @param size in bytes
 * @param blocks allocated, in units of 512 bytes
 * @param accessed time of the last read
 * @param modified time of the last write
 * @param changed time of the last change of the inode
 */
public record FileStatus(
        int mode,
        int links,
        int user,
        int group,
        long inode,
        long device,
        int deviceMajor,
        int deviceMinor,
        long size,
        long blocks,
        Timestamp accessed,
        Timestamp modified,
        Timestamp changed) {

    public static final int TYPE_MASK = 0xF000;
    public static final int FIFO = 0x1000;
    public static final int CHARACTER_DEVICE = 0x2000;
    public static final int DIRECTORY = 0x4000;
    public static final int BLOCK_DEVICE = 0x6000;
    public static final int REGULAR = 0x8000;
    public static final int SYMBOLIC_LINK = 0xA000;
    public static final int SOCKET = 0xC000;

    static final int SIZE = 256;

    static FileStatus parse(byte[] statx) {
        ByteBuffer b = ByteBuffer.wrap(statx).order(ByteOrder.nativeOrder());
        return new FileStatus(
                b.getShort(28) & 0xFFFF,
                b.getInt(16),
                b.getInt(20),
                b.getInt(24),
                b.getLong(32),
                ((long) b.getInt(136) << 32) | (b.getInt(140) & 0xFFFFFFFFL),
                b.getInt(128),
                b.getInt(132),
                b.getLong(40),
                b.getLong(48),
                time(b, 64),
                time(b, 112),
                time(b, 96));
    }

    private static Timestamp time(ByteBuffer b, int offset) {
        return new Timestamp(b.getLong(offset), b.getInt(offset + 8));
    }

    /** One of the type constants. */
    public int type() {
        return mode & TYPE_MASK;
    }

    /** The permission bits with setuid, setgid and sticky. */
    public int permissions() {
        return mode & 07777;
    }

    public boolean isDirectory() {
        return type() == DIRECTORY;
    }

    public boolean isRegular() {
        return type() == REGULAR;
    }

    public boolean isSymbolicLink() {
        return type() == SYMBOLIC_LINK;
    }

    /** Whether an overlay file system takes the file as the mark of a deleted name: a character device 0/0. */
    public boolean isWhiteout() {
        return type() == CHARACTER_DEVICE && deviceMajor == 0 && deviceMinor == 0;
    }
}
