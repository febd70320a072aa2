package dev.gantry.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says that a registry could not do what was asked. The message reads {@code Tried to … but failed because …} and never
 * holds a credential.
 */
public final class RegistryException extends RuntimeException {

    /** Why it failed, for the caller to act upon. */
    public enum Kind {
        /** No such repository, tag, manifest or blob. */
        NOT_FOUND,
        /** The registry wants other credentials, or any. */
        UNAUTHORIZED,
        /** The credentials are known but do not suffice. */
        DENIED,
        /** Too many requests; {@link RegistryException#retryAfter()} may say when to come back. */
        RATE_LIMITED,
        /** What came is not what was announced: wrong digest, size, form, or too large. */
        INVALID_CONTENT,
        /** The registry asked for something that would endanger this machine or its credentials. */
        UNSAFE,
        /** The content is of a form that this client does not know. */
        UNSUPPORTED,
        /** The registry cannot be reached, is too slow, or answers that it is out of order. */
        UNAVAILABLE,
        /** The calling thread was interrupted or the stream or the client was closed. */
        CANCELLED,
        /** The registry refused for another reason; the status says more. */
        REFUSED
    }

    private final Kind kind;
    private final int status;
    private final transient List<RegistryError> errors;
    private final @Nullable Duration retryAfter;

    private RegistryException(
            Kind kind,
            String message,
            int status,
            List<RegistryError> errors,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    static RegistryException of(Kind kind, String action, String reason) {
        return of(kind, action, reason, null);
    }

    static RegistryException of(Kind kind, String action, String reason, @Nullable Throwable cause) {
        return new RegistryException(kind, sentence(action, reason), 0, List.of(), null, cause);
    }

    static RegistryException answered(
            Kind kind,
            String action,
            String reason,
            int status,
            List<RegistryError> errors,
            @Nullable Duration retryAfter) {
        return new RegistryException(kind, sentence(action, reason), status, errors, retryAfter, null);
    }

    private static String sentence(String action, String reason) {
        return "Tried to " + action + " but failed because " + reason;
    }

    /** Why it failed. */
    public Kind kind() {
        return kind;
    }

    /** The HTTP status, 0 where there was no answer or it was not the reason. */
    public int status() {
        return status;
    }

    /** What the registry said, as the distribution specification has it; may be empty. */
    public List<RegistryError> errors() {
        return errors;
    }

    /** How long the registry asks to be left alone. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
