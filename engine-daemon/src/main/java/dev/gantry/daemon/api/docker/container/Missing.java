package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.type.EngineException;

/** Says by name what a request asks for and this engine cannot do yet, so that nothing is silently left out. */
final class Missing {

    private Missing() {}

    static void refuse(String what, boolean askedFor) {
        if (askedFor) {
            throw EngineException.notImplemented(what + ": not implemented yet");
        }
    }
}
