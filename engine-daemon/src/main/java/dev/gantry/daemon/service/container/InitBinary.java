package dev.gantry.daemon.service.container;

import dev.gantry.daemon.type.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The small init that containers can have in front of their process. */
final class InitBinary {

    private static final List<Path> USUAL = List.of(
            Path.of("/usr/bin/tini-static"), Path.of("/usr/libexec/docker/docker-init"), Path.of("/usr/bin/catatonit"));

    private final Optional<Path> chosen;

    /** @param chosen by the daemon's options; absent: whichever this host has */
    InitBinary(Optional<Path> chosen) {
        this.chosen = chosen;
    }

    Path path() {
        if (chosen.isPresent()) {
            return chosen.filter(Files::isExecutable)
                    .orElseThrow(() -> EngineException.invalid("the init binary of the option --init-path, "
                            + chosen.get() + ", is not an executable file"));
        }
        return USUAL.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> EngineException.invalid(
                        "no init binary on this host for --init: install the package tini or catatonit, or name one"
                                + " with the daemon's option --init-path"));
    }
}
