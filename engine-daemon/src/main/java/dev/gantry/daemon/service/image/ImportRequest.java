package dev.gantry.daemon.service.image;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.Platform;
import java.util.List;
import java.util.Optional;

/**
 * What to make of an archive of files.
 *
 * @param name of the image, with a tag or none, which means {@code latest}
 * @param message becomes the comment; empty where not given
 * @param changes instructions of a Dockerfile that change the configuration
 * @param platform what the files run on; absent for this machine's
 */
public record ImportRequest(
        Optional<ImageReference> name, String message, List<String> changes, Optional<Platform> platform) {

    public ImportRequest {
        changes = List.copyOf(changes);
        if (name.filter(reference -> reference.digest().isPresent()).isPresent()) {
            // compat: docker's text
            throw EngineException.invalid("cannot import digest reference");
        }
    }
}
