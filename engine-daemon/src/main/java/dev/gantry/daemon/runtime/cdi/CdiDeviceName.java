package dev.gantry.daemon.runtime.cdi;

import java.util.regex.Pattern;

/**
 * The full name of a device: {@code vendor.com/class=name}.
 *
 * @param kind vendor and class
 * @param name of the device
 */
public record CdiDeviceName(String kind, String name) {

    private static final Pattern FORM =
            Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*/[A-Za-z][A-Za-z0-9_-]*=[A-Za-z0-9]([A-Za-z0-9_.:-]*[A-Za-z0-9])?");

    /** Whether a text is such a name; a path of a device never is. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static CdiDeviceName parse(String text) {
        if (!isOne(text)) {
            throw new IllegalArgumentException("invalid CDI device name \"" + text + "\": must be vendor/class=name");
        }
        int equals = text.indexOf('=');
        return new CdiDeviceName(text.substring(0, equals), text.substring(equals + 1));
    }

    @Override
    public String toString() {
        return kind + "=" + name;
    }
}
