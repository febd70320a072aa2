package dev.gantry.daemon.service.image;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import java.util.List;
import java.util.Optional;

/**
 * What to make of the changes of a container.
 *
 * @param base the image it was made from
 * @param name of the new image, with a tag or none, which means {@code latest}; absent for none
 * @param author who commits; empty where not given
 * @param comment free text; empty where not given
 * @param createdBy what ran in the container
 * @param config what containers of the image are to be, before the changes
 * @param changes instructions of a Dockerfile that change the configuration
 */
public record CommitRequest(
        Digest base,
        Optional<ImageReference> name,
        String author,
        String comment,
        String createdBy,
        ImageConfig config,
        List<String> changes) {

    public CommitRequest {
        changes = List.copyOf(changes);
        if (name.filter(reference -> reference.digest().isPresent()).isPresent()) {
            throw EngineException.invalid("cannot commit to digest reference");
        }
    }
}
