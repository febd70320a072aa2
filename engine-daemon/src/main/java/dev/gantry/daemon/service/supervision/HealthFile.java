package dev.gantry.daemon.service.supervision;

import dev.gantry.daemon.service.health.Health;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the next life of the engine is to know of a container's health. It is not forced to the disk: after a crash of the
 * machine nothing runs any more, and what is lost or broken is found out anew.
 *
 * @param path the file
 */
record HealthFile(Path path) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Empty where there is nothing that can be read: then health is found out anew. */
    Optional<Health> read() {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(path), Health.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** Replaces the file. Does nothing where its directory has gone with its container. */
    void write(Health health) {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.write(fresh, JSON.writeValueAsBytes(health));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path, e);
        }
    }
}
