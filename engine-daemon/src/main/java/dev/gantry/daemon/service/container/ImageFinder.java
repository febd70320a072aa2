package dev.gantry.daemon.service.container;

import dev.gantry.daemon.network.Port;
import dev.gantry.daemon.service.health.Healthcheck;
import dev.gantry.daemon.type.Signal;
import dev.gantry.registry.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where containers get their images from. */
public interface ImageFinder {

    /**
     * Finds an image and holds it, so that it cannot be removed until the answer is closed.
     *
     * @throws dev.gantry.daemon.type.EngineException not found
     */
    HeldImage hold(String name);

    /** An image that stays while a container is made from it. The one who asked closes it. */
    interface HeldImage extends AutoCloseable {

        ImageDefaults image();

        @Override
        void close();
    }

    /**
     * What an image says of the containers made from it.
     *
     * @param id the image's id
     * @param layers lowest first
     * @param entrypoint program and first arguments
     * @param command remaining arguments
     * @param env {@code NAME=value}
     * @param user as {@code user[:group]}
     * @param workingDirectory absolute or empty
     * @param labels taken over, the user's win
     * @param exposedPorts taken over
     * @param volumes mount points for anonymous volumes
     * @param stopSignal absent: TERM
     * @param healthcheck completes the user's
     * @param shell of its command lines; empty: the default
     */
    record ImageDefaults(
            Digest id,
            List<Digest> layers,
            List<String> entrypoint,
            List<String> command,
            List<String> env,
            String user,
            String workingDirectory,
            Map<String, String> labels,
            Set<Port> exposedPorts,
            Set<String> volumes,
            Optional<Signal> stopSignal,
            Optional<Healthcheck> healthcheck,
            List<String> shell) {}
}
