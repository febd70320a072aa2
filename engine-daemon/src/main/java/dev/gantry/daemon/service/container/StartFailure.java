package dev.gantry.daemon.service.container;

import dev.gantry.daemon.type.EngineException;
import java.util.List;
import java.util.Locale;

/** Sorts the reasons for which a container's process cannot be started as shells and docker do. */
final class StartFailure {

    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    private static final int OTHER = 128;
    private static final List<String> MISSING = List.of("executable file not found", "no such file or directory");
    private static final List<String> REFUSED =
            List.of("permission denied", "is a directory", "exec format error", "operation not permitted");

    private StartFailure() {}

    /** The exit code a failed start leaves on record. */
    static int exitCode(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (MISSING.stream().anyMatch(lower::contains)) {
            return NOT_FOUND;
        }
        return REFUSED.stream().anyMatch(lower::contains) ? NOT_EXECUTABLE : OTHER;
    }

    /** The error as a client gets it: what the user asked for was wrong in the cases that have a code of their own. */
    static EngineException classified(RuntimeException failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (failure instanceof EngineException known && known.kind() != EngineException.Kind.INTERNAL) {
            return known;
        }
        return exitCode(message) == OTHER
                ? EngineException.internal(message, failure)
                : new EngineException(EngineException.Kind.INVALID, message, failure);
    }
}
