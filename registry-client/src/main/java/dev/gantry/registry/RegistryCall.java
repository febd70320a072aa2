package dev.gantry.registry;

import java.util.Map;

/**
 * One request to a registry.
 *
 * @param action what it is for, as the sentence «Tried to … but failed because …» goes
 * @param head whether only the head of the answer is wanted
 * @param path from {@code /v2/} on
 * @param headers beyond the usual
 * @param scope what a token must allow
 */
record RegistryCall(String action, boolean head, String path, Map<String, String> headers, String scope) {

    static RegistryCall get(String action, String path, Map<String, String> headers, String repository) {
        return new RegistryCall(action, false, path, headers, TokenServer.pullScope(repository));
    }

    boolean isRanged() {
        return headers.containsKey("Range");
    }

    RegistryCall asHead() {
        return new RegistryCall(action, true, path, headers, scope);
    }
}
