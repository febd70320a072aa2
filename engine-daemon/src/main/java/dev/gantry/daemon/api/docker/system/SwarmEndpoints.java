package dev.gantry.daemon.api.docker.system;

import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Handler;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.type.EngineException;
import java.util.List;

/** Everything about swarms, which the engine never joins: Docker's own answer, which clients understand. */
public final class SwarmEndpoints implements Endpoints {

    private static final String NOT_A_MANAGER = "This node is not a swarm manager. Use \"docker swarm init\" or "
            + "\"docker swarm join\" to connect this node to swarm and try again.";

    @Override
    public void register(Router router) {
        Handler refuse = exchange -> {
            throw EngineException.unavailable(NOT_A_MANAGER);
        };
        router.get("/swarm", refuse).get("/swarm/unlockkey", refuse);
        for (String verb : List.of("init", "join", "leave", "update", "unlock")) {
            router.post("/swarm/" + verb, refuse);
        }
        for (String noun : List.of("/nodes", "/services", "/tasks", "/secrets", "/configs")) {
            router.get(noun, refuse).get(noun + "/{id}", refuse);
        }
        for (String noun : List.of("/services", "/secrets", "/configs")) {
            router.post(noun + "/create", refuse);
        }
        for (String noun : List.of("/nodes", "/services", "/secrets", "/configs")) {
            router.delete(noun + "/{id}", refuse).post(noun + "/{id}/update", refuse);
        }
        router.get("/services/{id}/logs", refuse).get("/tasks/{id}/logs", refuse);
    }
}
