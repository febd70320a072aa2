package dev.gantry.client;

import dev.gantry.api.EngineJson;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.EngineResponse;
import dev.gantry.client.transport.EngineTransport;
import dev.gantry.client.transport.HijackedStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/** The calls of all nouns: typed answers and lines over a transport. */
final class Calls {

    private final EngineTransport transport;
    private final Duration timeout;

    Calls(EngineTransport transport, Duration timeout) {
        this.transport = transport;
        this.timeout = timeout;
    }

    <T> T read(EngineRequest request, Class<T> type) {
        return readUnlimited(request.timeout(timeout), type);
    }

    <T> T readUnlimited(EngineRequest request, Class<T> type) {
        try (EngineResponse answer = transport.send(request)) {
            return parse(answer, request, type);
        } catch (IOException e) {
            throw unreadable(request, e);
        }
    }

    <T> T parse(EngineResponse answer, EngineRequest request, Class<T> type) throws IOException {
        try {
            return EngineJson.mapper().readValue(answer.readAll(), type);
        } catch (JacksonException e) {
            throw unreadable(request, e);
        }
    }

    <T> List<T> list(EngineRequest request, Class<T[]> type) {
        return List.of(read(request, type));
    }

    int send(EngineRequest request) {
        return transport.status(request.timeout(timeout));
    }

    /** Sends what may take as long as it takes. */
    int sendUnlimited(EngineRequest request) {
        return transport.status(request);
    }

    EngineResponse open(EngineRequest request) {
        return transport.send(request);
    }

    HijackedStream hijack(EngineRequest request) {
        return transport.hijack(request.timeout(timeout));
    }

    EngineRequest json(EngineRequest request, Object body) {
        return request.json(EngineJson.mapper().writeValueAsBytes(body));
    }

    /** Reads a stream of JSON, one value a line, up to its end. */
    <T> void lines(EngineRequest request, Class<T> type, Consumer<? super T> reader) {
        try (EngineResponse answer = transport.send(request)) {
            lines(answer, type, reader);
        } catch (IOException | JacksonException e) {
            throw unreadable(request, e);
        }
    }

    static <T> void lines(EngineResponse answer, Class<T> type, Consumer<? super T> reader) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank()) {
                reader.accept(EngineJson.mapper().readValue(line, type));
            }
        }
    }

    static EngineClientException unreadable(EngineRequest request, Exception e) {
        return new EngineClientException("Tried to read the answer to " + request + ": " + e.getMessage(), e);
    }
}
