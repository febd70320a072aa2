package dev.gantry.registry;

import java.util.Locale;

/**
 * One entry of a registry's answer to a request it refused.
 *
 * @param code such as {@code MANIFEST_UNKNOWN}; empty where the registry gave none
 * @param message for people
 * @param detail JSON, as it came; empty where there was none
 */
public record RegistryError(String code, String message, String detail) {

    /** The form {@code code: message}, as docker prints it: the code in lower case, with spaces. */
    @Override
    public String toString() {
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        if (message.isEmpty()) {
            return words;
        }
        return words.isEmpty() ? message : words + ": " + message;
    }
}
