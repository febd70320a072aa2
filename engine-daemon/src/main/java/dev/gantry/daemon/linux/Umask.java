package dev.gantry.daemon.linux;

import com.sun.jna.Native;

/** The file mode creation mask, which all threads of the process share. */
public final class Umask {

    private Umask() {}

    /** Sets the mask and returns the one before. */
    public static int set(int mask) {
        return CLibrary.umask(mask);
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int umask(int mask);
    }
}
