package dev.gantry.daemon.api.docker.system;

import dev.gantry.api.RegistryAuth;

/** Tries credentials at a registry. */
@FunctionalInterface
public interface RegistryLogin {

    /**
     * Returns the identity token the registry gave, or an empty text.
     *
     * @throws dev.gantry.daemon.type.EngineException unauthorized if the registry refuses them
     */
    String login(RegistryAuth credentials);
}
