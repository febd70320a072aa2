package dev.gantry.client;

import dev.gantry.api.EngineJson;
import dev.gantry.api.Event;
import dev.gantry.client.transport.EngineResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Events as they happen. One thread reads; closing from another ends a blocked read. */
public final class EventStream implements AutoCloseable {

    private final EngineResponse answer;
    private final BufferedReader lines;

    EventStream(EngineResponse answer) {
        this.answer = answer;
        this.lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** Blocks for the next event; empty at the end of the stream. */
    public Optional<Event> next() {
        try {
            String line = lines.readLine();
            return line == null
                    ? Optional.empty()
                    : Optional.of(EngineJson.mapper().readValue(line, Event.class));
        } catch (ClosedChannelException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EngineClientException("Tried to read events: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        answer.close();
    }
}
