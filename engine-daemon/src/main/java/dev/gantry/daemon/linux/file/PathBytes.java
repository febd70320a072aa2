package dev.gantry.daemon.linux.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Makes the kernel's form of paths and names: bytes that end with NUL, whatever the locale of the process. */
public final class PathBytes {

    private PathBytes() {}

    /** A path or name in UTF-8. */
    public static byte[] of(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    /** A host path. */
    public static byte[] of(Path path) {
        return of(path.toString());
    }

    /**
     * Some bytes of an array.
     *
     * @throws IllegalArgumentException if there is a NUL among them
     */
    public static byte[] of(byte[] bytes, int offset, int length) {
        byte[] terminated = Arrays.copyOfRange(bytes, offset, offset + length + 1);
        terminated[length] = 0;
        for (int i = 0; i < length; i++) {
            if (terminated[i] == 0) {
                throw new IllegalArgumentException("A path cannot hold a NUL byte: " + text(terminated));
            }
        }
        return terminated;
    }

    /** The text of a terminated path, for people. */
    public static String text(byte[] terminated) {
        int length = 0;
        while (length < terminated.length && terminated[length] != 0) {
            length++;
        }
        return new String(terminated, 0, length, StandardCharsets.UTF_8);
    }
}
