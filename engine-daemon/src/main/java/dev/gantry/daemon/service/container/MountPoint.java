package dev.gantry.daemon.service.container;

import java.util.Optional;

/**
 * A mount of a container with its source found.
 *
 * @param request what was asked for
 * @param volumeName the volume behind it, where it is one
 * @param anonymous whether the volume was made for this container alone
 * @param source the path on the host, the id of an image; empty for memory
 */
public record MountPoint(MountRequest request, Optional<String> volumeName, boolean anonymous, String source) {

    public String destination() {
        return request.destination();
    }
}
