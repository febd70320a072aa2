package dev.gantry.daemon.api.wire;

import java.io.IOException;

/** Answers one request. Runs on a platform thread of its own for as long as the answer takes. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers the request. Any {@code EngineException} thrown before the answer has begun becomes an error answer.
     *
     * @throws IOException if the client is gone or its body is broken
     * @throws InterruptedException if the daemon stops or the client goes away during a wait
     */
    void handle(Exchange exchange) throws IOException, InterruptedException;
}
