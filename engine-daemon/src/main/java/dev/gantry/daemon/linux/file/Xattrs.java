package dev.gantry.daemon.linux.file;

import com.sun.jna.LastErrorException;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes extended attributes of open files and of names in open directories, never through a link. */
public final class Xattrs {

    private static final int LIST_MAXIMUM = 65_536;
    private static final int VALUE_MAXIMUM = 65_536;
    private static final byte[] NOTHING = {};

    private Xattrs() {}

    /** Sets an attribute of a file that is open for reading or writing. */
    public static void set(Fd file, String name, byte[] value) {
        try {
            CLibrary.fsetxattr(file.number(), PathBytes.of(name), value, value.length, 0);
        } catch (LastErrorException e) {
            throw FileCalls.failed("fsetxattr " + name, file, e);
        }
    }

    /** Sets an attribute of a name in an open directory; of a symbolic link itself. */
    public static void set(Fd directory, byte[] name, String attribute, byte[] value) {
        byte[] path = below(directory, name);
        try {
            CLibrary.lsetxattr(path, PathBytes.of(attribute), value, value.length, 0);
        } catch (LastErrorException e) {
            throw FileCalls.failed("lsetxattr " + attribute, path, e);
        }
    }

    /** The value of an attribute of a name in an open directory; empty when it has none or the file system lacks them. */
    public static Optional<byte[]> get(Fd directory, byte[] name, String attribute) {
        byte[] path = below(directory, name);
        byte[] buffer = new byte[VALUE_MAXIMUM];
        try {
            int length = (int) CLibrary.lgetxattr(path, PathBytes.of(attribute), buffer, buffer.length);
            return Optional.of(java.util.Arrays.copyOf(buffer, length));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ENODATA || e.getErrorCode() == Errno.EOPNOTSUPP) {
                return Optional.empty();
            }
            throw FileCalls.failed("lgetxattr " + attribute, path, e);
        }
    }

    /** The names of the attributes of a name in an open directory. */
    public static List<String> list(Fd directory, byte[] name) {
        byte[] path = below(directory, name);
        try {
            int length = (int) CLibrary.llistxattr(path, NOTHING, 0);
            if (length == 0) {
                return List.of();
            }
            byte[] buffer = new byte[LIST_MAXIMUM];
            length = (int) CLibrary.llistxattr(path, buffer, buffer.length);
            return split(buffer, length);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EOPNOTSUPP) {
                return List.of();
            }
            throw FileCalls.failed("llistxattr", path, e);
        }
    }

    private static List<String> split(byte[] buffer, int length) {
        List<String> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] == 0) {
                names.add(new String(buffer, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        return names;
    }

    private static byte[] below(Fd directory, byte[] name) {
        byte[] prefix = (directory.procPath() + "/").getBytes(StandardCharsets.UTF_8);
        byte[] path = new byte[prefix.length + name.length];
        System.arraycopy(prefix, 0, path, 0, prefix.length);
        System.arraycopy(name, 0, path, prefix.length, name.length);
        return path;
    }
}
