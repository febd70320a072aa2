package dev.gantry.daemon.service.image;

import dev.gantry.daemon.service.event.EventBus;
import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.store.layer.UnpackLimits;
import dev.gantry.registry.Credentials;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/** The image service on stores of its own in a directory. */
final class TestEngine implements AutoCloseable {

    final ContentStore content;
    final LayerStore layers;
    final ImageService images;
    private final Path directory;
    private final RegistryClient registry =
            RegistryClient.builder().retries(2, Duration.ofSeconds(1)).build();
    private final ExecutorService background = Executors.newCachedThreadPool();

    TestEngine(Path directory) {
        this(directory, Fixtures.NO_USE);
    }

    TestEngine(Path directory, ImageUse use) {
        this.directory = directory;
        content = ContentStore.open(directory.resolve("content"), Clock.systemUTC());
        layers = LayerStore.open(
                directory.resolve("layers"),
                UnpackLimits.DEFAULT,
                JsonMapper.builder().build(),
                background);
        images = ImageService.open(
                ImageSettings.in(directory.resolve("images")),
                content,
                layers,
                registry,
                new EventBus(),
                use,
                Clock.systemUTC(),
                background);
    }

    List<ImageProgress> pull(String name) throws IOException, InterruptedException {
        List<ImageProgress> events = new ArrayList<>();
        pull(name, events::add);
        return events;
    }

    void pull(String name, ProgressSink sink) throws IOException, InterruptedException {
        images.pull(new PullRequest(ImageReference.parse(name), Optional.empty(), Credentials.anonymous()), sink);
    }

    /** Files of the stores that are no directories, records and partial downloads apart: nothing where nothing is kept. */
    List<String> leftovers() throws IOException {
        List<String> found = new ArrayList<>();
        for (String place : List.of(
                "content/blobs", "content/ingest", "layers/layers", "layers/records", "layers/unpacking", "images")) {
            try (Stream<Path> files = Files.walk(directory.resolve(place))) {
                files.filter(file -> !Files.isDirectory(file))
                        .map(file -> directory.relativize(file).toString())
                        .forEach(found::add);
            }
        }
        return found;
    }

    @Override
    public void close() {
        background.shutdown();
        registry.close();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(background::isTerminated);
    }
}
