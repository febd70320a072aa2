package dev.gantry.client;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.api.Volume;
import dev.gantry.api.VolumeCreateRequest;
import dev.gantry.api.VolumeListResponse;
import dev.gantry.client.transport.EngineRequest;

/** The volumes of an engine. */
public final class Volumes {

    private final Calls calls;

    Volumes(Calls calls) {
        this.calls = calls;
    }

    public VolumeListResponse list(Filters filters) {
        return calls.read(EngineRequest.get("/volumes").query("filters", filters.encode()), VolumeListResponse.class);
    }

    public Volume inspect(String name) {
        return calls.read(EngineRequest.get("/volumes/" + segment(name)), Volume.class);
    }

    /** Makes a volume, or returns the one that has this name. */
    public Volume create(VolumeCreateRequest request) {
        return calls.read(calls.json(EngineRequest.post("/volumes/create"), request), Volume.class);
    }

    public void remove(String name) {
        calls.send(EngineRequest.of("DELETE", "/volumes/" + segment(name)));
    }
}
