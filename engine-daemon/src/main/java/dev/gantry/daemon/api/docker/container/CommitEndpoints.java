package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerConfig;
import dev.gantry.api.IdResponse;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Query;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.filesystem.FilesystemService;
import dev.gantry.daemon.service.filesystem.FilesystemService.Processes;
import dev.gantry.daemon.service.image.CommitRequest;
import dev.gantry.daemon.service.image.ImageConfig;
import dev.gantry.daemon.service.image.ImageId;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.ImageReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The operation that makes an image of a container. */
final class CommitEndpoints implements Endpoints {

    private final FilesystemService filesystems;

    CommitEndpoints(FilesystemService filesystems) {
        this.filesystems = filesystems;
    }

    @Override
    public void register(Router router) {
        router.post("/commit", this::commit);
    }

    private void commit(Exchange exchange) throws IOException {
        Query query = exchange.query();
        String container = query.text("container");
        if (container.isEmpty()) {
            // compat: docker's text
            throw EngineException.invalid("invalid name or ID supplied: \"\"");
        }
        Optional<ImageReference> name = name(query.text("repo"), query.text("tag"));
        ContainerConfig given = exchange.optionalBody(ContainerConfig.class).orElse(ContainerConfig.EMPTY);
        Processes processes = query.flag("pause", true) ? Processes.PAUSE : Processes.LET_RUN;
        ImageId image = filesystems.commit(
                container,
                processes,
                record -> new CommitRequest(
                        record.imageId(),
                        name,
                        query.text("author"),
                        query.text("comment"),
                        String.join(" ", record.config().command()),
                        config(record, given),
                        query.all("changes")));
        exchange.json(201, new IdResponse(image.toString()));
    }

    private static Optional<ImageReference> name(String repository, String tag) {
        if (repository.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ImageReference.parse(tag.isEmpty() ? repository : repository + ":" + tag));
    }

    /** What the container is, where the request says nothing else. */
    private static ImageConfig config(ContainerRecord record, ContainerConfig given) {
        dev.gantry.daemon.service.container.ContainerConfig own = record.config();
        TreeSet<String> ports = new TreeSet<>(given.exposedPorts());
        own.exposedPorts().forEach(port -> ports.add(port.toString()));
        TreeSet<String> volumes = new TreeSet<>(own.volumes());
        volumes.addAll(given.volumes());
        Map<String, String> labels = new LinkedHashMap<>(own.labels());
        labels.putAll(given.labels());
        return new ImageConfig(
                given.user().isEmpty() ? own.user() : given.user(),
                List.copyOf(ports),
                environment(own.env(), given.env()),
                Optional.ofNullable(given.entrypoint()).or(() -> nonEmpty(own.entrypoint())),
                Optional.ofNullable(given.cmd()).or(() -> nonEmpty(own.command())),
                List.copyOf(volumes),
                given.workingDir().isEmpty() ? own.workingDirectory() : given.workingDir(),
                labels,
                given.stopSignal().isEmpty()
                        ? own.stopSignal()
                                .map(s -> Integer.toString(s.number()))
                                .orElse("")
                        : given.stopSignal(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false);
    }

    private static List<String> environment(List<String> own, List<String> given) {
        Map<String, String> merged = new LinkedHashMap<>();
        own.forEach(pair -> merged.put(pair.split("=", 2)[0], pair));
        given.forEach(pair -> merged.put(pair.split("=", 2)[0], pair));
        return new ArrayList<>(merged.values());
    }

    private static Optional<List<String>> nonEmpty(List<String> words) {
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }
}
