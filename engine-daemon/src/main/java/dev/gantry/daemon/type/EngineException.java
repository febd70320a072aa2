package dev.gantry.daemon.type;

/**
 * The one family of errors a caller of the engine can meet. The message says what was tried, on what and why it
 * failed, in the words clients show to people; the {@link Kind} decides the status on every wire.
 */
public final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, independent of any protocol. */
    public enum Kind {
        NOT_FOUND,
        CONFLICT,
        INVALID,
        UNAUTHORIZED,
        FORBIDDEN,
        UNAVAILABLE,
        NOT_MODIFIED,
        NOT_IMPLEMENTED,
        INTERNAL
    }

    private final Kind kind;

    public EngineException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public EngineException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public static EngineException notFound(String message) {
        return new EngineException(Kind.NOT_FOUND, message);
    }

    public static EngineException conflict(String message) {
        return new EngineException(Kind.CONFLICT, message);
    }

    public static EngineException invalid(String message) {
        return new EngineException(Kind.INVALID, message);
    }

    public static EngineException forbidden(String message) {
        return new EngineException(Kind.FORBIDDEN, message);
    }

    public static EngineException unavailable(String message) {
        return new EngineException(Kind.UNAVAILABLE, message);
    }

    public static EngineException notModified(String message) {
        return new EngineException(Kind.NOT_MODIFIED, message);
    }

    public static EngineException notImplemented(String message) {
        return new EngineException(Kind.NOT_IMPLEMENTED, message);
    }

    public static EngineException internal(String message, Throwable cause) {
        return new EngineException(Kind.INTERNAL, message, cause);
    }
}
