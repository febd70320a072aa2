package dev.gantry.daemon.api.docker.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.api.RegistryAuth;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Router;

/** Version, facts and login. */
public final class SystemEndpoints implements Endpoints {

    private final SystemFacts facts;
    private final RegistryLogin login;

    public SystemEndpoints(SystemFacts facts, RegistryLogin login) {
        this.facts = facts;
        this.login = login;
    }

    private record LoginAnswer(
            @JsonProperty("Status") String status,
            @JsonProperty("IdentityToken") String identityToken) {}

    @Override
    public void register(Router router) {
        router.get("/version", exchange -> exchange.json(200, facts.version()));
        router.get("/info", exchange -> exchange.json(200, facts.info()));
        router.post("/auth", exchange -> {
            String token = login.login(exchange.body(RegistryAuth.class));
            exchange.json(200, new LoginAnswer("Login Succeeded", token));
        });
    }
}
