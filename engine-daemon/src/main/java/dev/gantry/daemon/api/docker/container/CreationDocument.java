package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerConfig;
import dev.gantry.api.EngineJson;
import dev.gantry.api.HostConfig;

/**
 * What this API keeps of a create request to show it again on inspect: fields the engine itself has no use for.
 *
 * @param config as sent
 * @param hostConfig as sent, with the defaults filled in
 */
record CreationDocument(ContainerConfig config, HostConfig hostConfig) {

    static CreationDocument parse(String document) {
        return document.isEmpty()
                ? new CreationDocument(ContainerConfig.EMPTY, HostConfig.EMPTY)
                : EngineJson.mapper().readValue(document, CreationDocument.class);
    }

    String text() {
        return EngineJson.mapper().writeValueAsString(this);
    }
}
