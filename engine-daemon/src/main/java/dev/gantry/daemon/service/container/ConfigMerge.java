package dev.gantry.daemon.service.container;

import dev.gantry.daemon.service.container.ImageFinder.ImageDefaults;
import dev.gantry.daemon.service.health.Healthcheck;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Completes what a user asked for with what the image says, by docker's rules. */
final class ConfigMerge {

    private ConfigMerge() {}

    static ContainerConfig merge(ContainerRequest request, ImageDefaults image, ContainerId id) {
        List<String> entrypoint = entrypoint(request, image);
        List<String> command = command(request, image);
        if (entrypoint.isEmpty() && command.isEmpty()) {
            // compat: docker's text
            throw EngineException.invalid("no command specified");
        }
        return new ContainerConfig(
                request.imageName(),
                entrypoint,
                command,
                env(image.env(), request.env()),
                request.user().isEmpty() ? image.user() : request.user(),
                workingDirectory(request, image),
                hostname(request, id),
                request.domainname(),
                union(image.labels(), request.labels()),
                request.streams(),
                union(image.exposedPorts(), request.exposedPorts()),
                union(image.volumes(), request.volumes()),
                request.stopSignal().or(image::stopSignal),
                request.stopTimeout(),
                healthcheck(request, image),
                request.shell().isEmpty() ? image.shell() : request.shell());
    }

    private static Optional<Healthcheck> healthcheck(ContainerRequest request, ImageDefaults image) {
        return request.healthcheck()
                .map(asked -> image.healthcheck().map(asked::completedBy).orElse(asked))
                .or(image::healthcheck);
    }

    private static List<String> entrypoint(ContainerRequest request, ImageDefaults image) {
        if (request.entrypoint().isEmpty()) {
            return image.entrypoint();
        }
        List<String> given = request.entrypoint().get();
        return given.equals(List.of("")) ? List.of() : given;
    }

    /** An entrypoint of the user's own goes with the user's arguments alone. */
    private static List<String> command(ContainerRequest request, ImageDefaults image) {
        List<String> given = request.command().orElse(List.of());
        return given.isEmpty() && request.entrypoint().isEmpty() ? image.command() : given;
    }

    private static List<String> env(List<String> image, List<String> user) {
        Set<String> named = new HashSet<>();
        user.forEach(pair -> named.add(variable(pair)));
        List<String> merged = new ArrayList<>(user);
        image.stream().filter(pair -> !named.contains(variable(pair))).forEach(merged::add);
        return merged;
    }

    static String variable(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? pair : pair.substring(0, equals);
    }

    private static String workingDirectory(ContainerRequest request, ImageDefaults image) {
        String directory = request.workingDirectory().isEmpty() ? image.workingDirectory() : request.workingDirectory();
        if (!directory.isEmpty() && !directory.startsWith("/")) {
            // compat: docker's text
            throw EngineException.invalid(
                    "the working directory '" + directory + "' is invalid, it needs to be an absolute path");
        }
        return directory.isEmpty() ? "/" : directory;
    }

    private static String hostname(ContainerRequest request, ContainerId id) {
        if (!request.hostname().isEmpty()) {
            return request.hostname();
        }
        boolean hostNetwork = request.host().network() instanceof NetworkMode.Host;
        return hostNetwork ? HostName.ofThisHost() : id.shortForm();
    }

    private static <T> Set<T> union(Set<T> first, Set<T> second) {
        Set<T> both = new HashSet<>(first);
        both.addAll(second);
        return both;
    }

    private static Map<String, String> union(Map<String, String> weaker, Map<String, String> stronger) {
        Map<String, String> both = new HashMap<>(weaker);
        both.putAll(stronger);
        return both;
    }
}
