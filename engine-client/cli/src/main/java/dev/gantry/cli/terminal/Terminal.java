package dev.gantry.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What standard input, output and error are connected to. */
public final class Terminal {

    /** The width and height in characters; zeros when unknown. */
    public record Size(int height, int width) {

        /** No terminal, or one that does not tell. */
        public static final Size UNKNOWN = new Size(0, 0);
    }

    private Terminal() {}

    /** Whether a descriptor, 0 to 2, is a terminal. Looks at procfs, which needs no native code. */
    public static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** The size of the terminal at a descriptor. */
    public static Size size(int descriptor) {
        return isTerminal(descriptor) ? RawMode.size(descriptor) : Size.UNKNOWN;
    }
}
