package dev.gantry.client;

import java.io.Serial;

/** The engine refused a request, or could not be reached. */
public final class EngineClientException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * Says that the engine answered with an error.
     *
     * @param status of HTTP, 400 to 599
     * @param message the engine's own words
     */
    public EngineClientException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Says that there was no answer. */
    public EngineClientException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** The status of HTTP; 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** Whether nothing answers at the engine's address. */
    public boolean isUnreachable() {
        return status == 0;
    }
}
