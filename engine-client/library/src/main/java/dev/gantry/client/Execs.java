package dev.gantry.client;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.api.ExecCreateRequest;
import dev.gantry.api.ExecInspect;
import dev.gantry.api.ExecStartRequest;
import dev.gantry.api.IdResponse;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.HijackedStream;
import java.util.List;

/** Further processes in running containers. */
public final class Execs {

    private final Calls calls;

    Execs(Calls calls) {
        this.calls = calls;
    }

    /** Prepares a process and returns its id. */
    public String create(String container, ExecCreateRequest request) {
        EngineRequest post = EngineRequest.post("/containers/" + segment(container) + "/exec");
        return calls.read(calls.json(post, request), IdResponse.class).id();
    }

    /** Starts a prepared process and connects to its streams, framed unless it has a terminal. The caller closes. */
    public HijackedStream start(String exec, ExecStartRequest request) {
        return calls.hijack(calls.json(EngineRequest.post("/exec/" + segment(exec) + "/start"), request));
    }

    /** Starts a prepared process without its streams. */
    public void startDetached(String exec) {
        calls.send(calls.json(
                EngineRequest.post("/exec/" + segment(exec) + "/start"), new ExecStartRequest(true, false, List.of())));
    }

    public ExecInspect inspect(String exec) {
        return calls.read(EngineRequest.get("/exec/" + segment(exec) + "/json"), ExecInspect.class);
    }

    /** Sets the size of the terminal, in characters. */
    public void resize(String exec, int height, int width) {
        calls.send(EngineRequest.post("/exec/" + segment(exec) + "/resize")
                .query("h", Integer.toString(height))
                .query("w", Integer.toString(width)));
    }
}
