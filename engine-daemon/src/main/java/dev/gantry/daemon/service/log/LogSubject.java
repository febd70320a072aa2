package dev.gantry.daemon.service.log;

import dev.gantry.daemon.type.ContainerId;
import java.util.List;
import java.util.Map;

/**
 * What is said of a container beside its output.
 *
 * @param id the container
 * @param name without a leading slash
 * @param imageName as the user named the image
 * @param imageId {@code sha256:…}
 * @param labels of the container
 * @param env {@code NAME=value}
 */
public record LogSubject(
        ContainerId id, String name, String imageName, String imageId, Map<String, String> labels, List<String> env) {

    public LogSubject {
        labels = Map.copyOf(labels);
        env = List.copyOf(env);
    }
}
