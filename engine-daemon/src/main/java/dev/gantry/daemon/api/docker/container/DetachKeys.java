package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.type.EngineException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The keys that take a client off a terminal without ending the process. Immutable; {@link #matcher} follows an input.
 */
final class DetachKeys {

    /** No keys detach: for streams that are not terminals. */
    static final DetachKeys NONE = new DetachKeys(new byte[0]);

    private static final byte[] DEFAULT = {16, 17};

    private final byte[] keys;

    private DetachKeys(byte[] keys) {
        this.keys = keys;
    }

    /** Reads {@code ctrl-p,ctrl-q} or {@code a,b}; empty means the default, which these are. */
    static DetachKeys parse(String text) {
        if (text.isEmpty()) {
            return new DetachKeys(DEFAULT);
        }
        String[] parts = text.split(",", -1);
        byte[] keys = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            keys[i] = key(parts[i]);
        }
        return new DetachKeys(keys);
    }

    private static byte key(String text) {
        if (text.length() == 1 && text.charAt(0) < 128) {
            return (byte) text.charAt(0);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("ctrl-") && lower.length() == 6) {
            int code = "@abcdefghijklmnopqrstuvwxyz[\\]^_".indexOf(lower.charAt(5));
            if (code >= 0) {
                return (byte) code;
            }
        }
        // compat: docker's text
        throw EngineException.invalid("Invalid detach keys (" + text + ") provided");
    }

    Matcher matcher() {
        return new Matcher();
    }

    /** Follows one input. Used by one thread. */
    final class Matcher {

        private int matched;

        /**
         * Looks at the next input. Keys that may be the beginning of the sequence are held back until it is clear.
         *
         * @return what is to be passed on, and whether the sequence is complete
         */
        Passed pass(ByteBuffer input) {
            if (keys.length == 0) {
                return new Passed(input, false);
            }
            ByteBuffer out = ByteBuffer.allocate(input.remaining() + keys.length);
            while (input.hasRemaining()) {
                byte key = input.get();
                if (key == keys[matched]) {
                    matched++;
                    if (matched == keys.length) {
                        return new Passed(out.flip(), true);
                    }
                } else {
                    out.put(keys, 0, matched);
                    matched = key == keys[0] ? 1 : 0;
                    if (matched == 0) {
                        out.put(key);
                    }
                }
            }
            return new Passed(out.flip(), false);
        }
    }

    /**
     * A piece of input after the keys were looked for.
     *
     * @param bytes to be passed on
     * @param detach whether the keys were pressed
     */
    record Passed(ByteBuffer bytes, boolean detach) {}
}
