package dev.gantry.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** Watches what is typed for the keys that leave a container running. Used by one thread. */
public final class DetachKeys {

    /** The keys when nothing else is asked for. */
    public static final String STANDARD = "ctrl-p,ctrl-q";

    private final byte[] keys;
    private int matched;

    private DetachKeys(byte[] keys) {
        this.keys = keys;
    }

    /** Reads keys such as {@code ctrl-p,ctrl-q} or {@code a}. */
    public static DetachKeys parse(String text) {
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        for (String key : text.split(",", -1)) {
            keys.write(code(key));
        }
        return new DetachKeys(keys.toByteArray());
    }

    private static int code(String key) {
        if (key.length() == 1 && key.charAt(0) < 128) {
            return key.charAt(0);
        }
        if (key.length() == 6 && key.startsWith("ctrl-")) {
            char letter = key.toLowerCase(Locale.ROOT).charAt(5);
            int code = "@abcdefghijklmnopqrstuvwxyz[\\]^_".indexOf(letter);
            if (code >= 0) {
                return code;
            }
        }
        throw new IllegalArgumentException("Unknown character: '" + key + "'");
    }

    /**
     * Takes typed bytes and gives back what goes to the container: the bytes without the beginning of the keys, which
     * follows later when it turns out to be something else.
     */
    public byte[] pass(byte[] typed, int length) {
        ByteArrayOutputStream passed = new ByteArrayOutputStream(length + keys.length);
        for (int i = 0; i < length && !isComplete(); i++) {
            if (typed[i] == keys[matched]) {
                matched++;
                continue;
            }
            passed.write(keys, 0, matched);
            matched = typed[i] == keys[0] ? 1 : 0;
            if (matched == 0) {
                passed.write(typed[i]);
            }
        }
        return passed.toByteArray();
    }

    /** Whether all the keys were typed. */
    public boolean isComplete() {
        return matched == keys.length;
    }
}
