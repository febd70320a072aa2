package dev.gantry.daemon.store.volume;

import dev.gantry.daemon.type.EngineException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The rules for names of volumes, which are names of directories too. */
public final class VolumeName {

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,240}");
    private static final Pattern ANONYMOUS = Pattern.compile("[0-9a-f]{64}");

    private VolumeName() {}

    /** Checks a name: letters, digits, {@code _ . -}, at least two, the first a letter or digit. */
    static void check(String name) {
        if (!FORM.matcher(name).matches()) {
            // compat: clients and test suites match this text.
            throw EngineException.invalid("create " + name + ": \"" + name
                    + "\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are"
                    + " allowed. If you intended to pass a host directory, use absolute path");
        }
    }

    /** Draws a name for a volume that nobody named: 64 hexadecimal digits. */
    public static String anonymous(RandomGenerator randomness) {
        byte[] bytes = new byte[32];
        randomness.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether a name has the form of those that were drawn. */
    public static boolean isAnonymous(String name) {
        return ANONYMOUS.matcher(name).matches();
    }
}
