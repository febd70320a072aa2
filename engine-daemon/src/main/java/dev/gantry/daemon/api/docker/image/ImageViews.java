package dev.gantry.daemon.api.docker.image;

import dev.gantry.api.GraphDriver;
import dev.gantry.api.ImageConfig;
import dev.gantry.api.ImageDeleteItem;
import dev.gantry.api.ImageHistoryItem;
import dev.gantry.api.ImageInspect;
import dev.gantry.api.ImageMetadata;
import dev.gantry.api.RootFs;
import dev.gantry.daemon.api.docker.health.HealthViews;
import dev.gantry.daemon.service.image.HistoryStep;
import dev.gantry.daemon.service.image.Image;
import dev.gantry.daemon.service.image.ImageSummary;
import dev.gantry.daemon.service.image.RemovedImage;
import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Shows images in the types of the API. */
final class ImageViews {

    private static final String NEVER = "0001-01-01T00:00:00Z";
    private static final int NOT_COUNTED = -1;

    private ImageViews() {}

    static dev.gantry.api.ImageSummary summary(ImageSummary summary, boolean counted, boolean shared) {
        Image image = summary.image();
        return new dev.gantry.api.ImageSummary(
                counted ? summary.containers() : NOT_COUNTED,
                image.created().map(Instant::getEpochSecond).orElse(0L),
                image.id().toString(),
                image.config().labels(),
                "",
                null,
                names(summary.digests()),
                names(summary.tags()),
                shared ? summary.sharedSize() : NOT_COUNTED,
                summary.size());
    }

    static ImageInspect inspect(ImageSummary summary, List<Path> directories) {
        Image image = summary.image();
        return ImageInspect.builder()
                .id(image.id().toString())
                .repoTags(names(summary.tags()))
                .repoDigests(names(summary.digests()))
                .comment(image.effectiveComment())
                .created(image.created().map(Instant::toString).orElse(""))
                .dockerVersion(image.dockerVersion())
                .author(image.author())
                .config(config(image.config()))
                .architecture(image.architecture())
                .variant(image.variant())
                .os(image.os())
                .osVersion(image.osVersion())
                .size(summary.size())
                .graphDriver(new GraphDriver(places(directories), "overlay2"))
                .rootFS(new RootFs(
                        "layers", image.layers().stream().map(Digest::toString).toList()))
                .metadata(new ImageMetadata(
                        summary.lastTagged().map(Instant::toString).orElse(NEVER)))
                .build();
    }

    private static Map<String, String> places(List<Path> directories) {
        Map<String, String> places = new LinkedHashMap<>();
        int top = directories.size() - 1;
        if (top > 0) {
            List<Path> below = new ArrayList<>(directories.subList(0, top));
            Collections.reverse(below);
            places.put("LowerDir", below.stream().map(Path::toString).collect(Collectors.joining(":")));
        }
        if (top >= 0) {
            places.put("UpperDir", directories.get(top).toString());
        }
        return places;
    }

    private static ImageConfig config(dev.gantry.daemon.service.image.ImageConfig config) {
        return new ImageConfig(
                config.user(),
                new TreeSet<>(config.exposedPorts()),
                config.env(),
                config.entrypoint().orElse(List.of()),
                config.cmd().orElse(List.of()),
                new TreeSet<>(config.volumes()),
                config.workingDir(),
                config.labels(),
                config.stopSignal(),
                config.argsEscaped(),
                config.healthcheck().map(HealthViews::config).orElse(null),
                config.onBuild(),
                config.shell().orElse(List.of()));
    }

    static ImageHistoryItem historyItem(HistoryStep step) {
        return new ImageHistoryItem(
                step.entry().comment(),
                step.entry().created().map(Instant::getEpochSecond).orElse(0L),
                step.entry().createdBy(),
                step.image().map(Object::toString).orElse("<missing>"),
                step.size(),
                names(step.tags()));
    }

    static List<ImageDeleteItem> removal(RemovedImage removed) {
        List<ImageDeleteItem> items = new ArrayList<>();
        names(removed.untagged()).forEach(name -> items.add(new ImageDeleteItem(name, "")));
        removed.deleted().forEach(digest -> items.add(new ImageDeleteItem("", digest.toString())));
        return items;
    }

    private static List<String> names(List<ImageReference> references) {
        return references.stream().map(ImageReference::familiar).toList();
    }
}
