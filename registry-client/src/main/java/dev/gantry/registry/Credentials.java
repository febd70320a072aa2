package dev.gantry.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How to show a registry who is asking. The text form of each never shows the secret. */
public sealed interface Credentials {

    /** Nobody in particular. */
    static Credentials anonymous() {
        return new Anonymous();
    }

    /** A user with a password or an access token in its place. */
    static Credentials basic(String username, String password) {
        return new Basic(username, password);
    }

    /** A refresh token, which is exchanged for access tokens (docker's {@code identitytoken}). */
    static Credentials identityToken(String token) {
        return new IdentityToken(token);
    }

    /** An access token, sent as it is (docker's {@code registrytoken}). */
    static Credentials registryToken(String token) {
        return new RegistryToken(token);
    }

    /** Nobody in particular. */
    record Anonymous() implements Credentials {}

    /**
     * A user with a password.
     *
     * @param username without a colon
     * @param password or an access token in its place
     */
    record Basic(String username, String password) implements Credentials {

        public Basic {
            if (username.indexOf(':') >= 0) {
                throw new IllegalArgumentException("a user name must not hold a colon");
            }
        }

        /** The value of an {@code Authorization} header. */
        String header() {
            byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return "Basic[" + username + "]";
        }
    }

    /**
     * A refresh token.
     *
     * @param token opaque
     */
    record IdentityToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "IdentityToken[]";
        }
    }

    /**
     * An access token.
     *
     * @param token opaque; visible ASCII, as it goes into a header
     */
    record RegistryToken(String token) implements Credentials {

        public RegistryToken {
            if (!Token.isSafe(token)) {
                throw new IllegalArgumentException("a registry token must be of visible ASCII characters");
            }
        }

        @Override
        public String toString() {
            return "RegistryToken[]";
        }
    }
}
