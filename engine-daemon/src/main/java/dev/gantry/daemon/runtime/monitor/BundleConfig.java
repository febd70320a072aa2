package dev.gantry.daemon.runtime.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** Reads the little that the monitor must know of a bundle's specification. */
final class BundleConfig {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private BundleConfig() {}

    /** The program that the container runs. */
    static String program(Path config) {
        try {
            return JSON.readTree(Files.readAllBytes(config))
                    .path("process")
                    .path("args")
                    .path(0)
                    .asString("");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + config, e);
        }
    }
}
