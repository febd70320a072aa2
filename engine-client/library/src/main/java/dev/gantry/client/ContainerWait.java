package dev.gantry.client;

import dev.gantry.api.EngineJson;
import dev.gantry.api.WaitResponse;
import dev.gantry.client.transport.EngineResponse;
import java.io.IOException;

/** A wait the engine already knows of. Closing gives it up, from any thread. */
public final class ContainerWait implements AutoCloseable {

    private final EngineResponse answer;

    ContainerWait(EngineResponse answer) {
        this.answer = answer;
    }

    /** Blocks until it has come to pass. */
    public WaitResponse await() {
        try {
            return EngineJson.mapper().readValue(answer.readAll(), WaitResponse.class);
        } catch (IOException e) {
            throw new EngineClientException("Tried to wait for a container: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        answer.close();
    }
}
