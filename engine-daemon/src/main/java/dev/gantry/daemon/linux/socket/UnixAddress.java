package dev.gantry.daemon.linux.socket;

import com.sun.jna.Memory;
import dev.gantry.daemon.linux.Fd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The address of a Unix socket in native form. A path that is too long for the kernel's structure is reached through a
 * descriptor of its directory; so close the address only after the call that uses it.
 *
 * @param memory the structure
 * @param directory kept open where the path leads through it
 */
record UnixAddress(Memory memory, Optional<Fd> directory) implements AutoCloseable {

    private static final int FAMILY_BYTES = 2;
    private static final int PATH_BYTES = 108;

    static UnixAddress of(Path path) {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (bytes.length < PATH_BYTES || parent == null || name == null) {
            return new UnixAddress(structure(bytes), Optional.empty());
        }
        Fd directory = FdStream.openPath(parent);
        byte[] through = (directory.procPath() + "/" + name).getBytes(StandardCharsets.UTF_8);
        return new UnixAddress(structure(through), Optional.of(directory));
    }

    private static Memory structure(byte[] path) {
        if (path.length >= PATH_BYTES) {
            throw new IllegalArgumentException("Too long for the name of a socket: " + path.length + " bytes");
        }
        Memory memory = new Memory(FAMILY_BYTES + PATH_BYTES);
        memory.clear();
        memory.setShort(0, (short) CLibrary.AF_UNIX);
        memory.write(FAMILY_BYTES, path, 0, path.length);
        return memory;
    }

    int length() {
        return FAMILY_BYTES + PATH_BYTES;
    }

    @Override
    public void close() {
        directory.ifPresent(Fd::close);
    }
}
