package dev.gantry.daemon.api.wire;

import dev.gantry.daemon.type.EngineException;
import org.jspecify.annotations.Nullable;

/** The one place where the engine's errors become statuses of HTTP. */
final class ErrorMapping {

    private ErrorMapping() {}

    /** A status and the text for the client. */
    record Answer(int status, String message) {}

    static Answer of(Throwable failure) {
        if (failure instanceof EngineException known) {
            return new Answer(status(known.kind()), text(known));
        }
        if (failure instanceof IllegalArgumentException) {
            return new Answer(400, text(failure));
        }
        return new Answer(500, text(failure));
    }

    /** Whether the failure is a fault of the engine, to be logged, rather than an answer to the client's question. */
    static boolean isUnexpected(Throwable failure) {
        return failure instanceof EngineException known
                ? known.kind() == EngineException.Kind.INTERNAL
                : !(failure instanceof IllegalArgumentException);
    }

    private static int status(EngineException.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case INVALID -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN -> 403;
            case UNAVAILABLE -> 503;
            case NOT_MODIFIED -> 304;
            case NOT_IMPLEMENTED -> 501;
            case INTERNAL -> 500;
        };
    }

    private static String text(Throwable failure) {
        @Nullable String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
