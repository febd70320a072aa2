package dev.gantry.client;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.api.EndpointSettings;
import dev.gantry.api.Network;
import dev.gantry.api.NetworkConnectRequest;
import dev.gantry.api.NetworkCreateRequest;
import dev.gantry.api.NetworkCreateResponse;
import dev.gantry.api.NetworkDisconnectRequest;
import dev.gantry.client.transport.EngineRequest;
import java.util.List;

/** The networks of an engine, named by id, a unique beginning of it, or name. */
public final class Networks {

    private final Calls calls;

    Networks(Calls calls) {
        this.calls = calls;
    }

    public List<Network> list(Filters filters) {
        return calls.list(EngineRequest.get("/networks").query("filters", filters.encode()), Network[].class);
    }

    public Network inspect(String network) {
        return calls.read(EngineRequest.get("/networks/" + segment(network)), Network.class);
    }

    public NetworkCreateResponse create(NetworkCreateRequest request) {
        return calls.read(calls.json(EngineRequest.post("/networks/create"), request), NetworkCreateResponse.class);
    }

    public void remove(String network) {
        calls.send(EngineRequest.of("DELETE", "/networks/" + segment(network)));
    }

    public void connect(String network, String container, EndpointSettings settings) {
        calls.send(calls.json(
                EngineRequest.post("/networks/" + segment(network) + "/connect"),
                new NetworkConnectRequest(container, settings)));
    }

    public void disconnect(String network, String container) {
        calls.send(calls.json(
                EngineRequest.post("/networks/" + segment(network) + "/disconnect"),
                new NetworkDisconnectRequest(container, false)));
    }
}
