package dev.gantry.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of the host that tests compare with. */
public final class Programs {

    private Programs() {}

    public static void run(Path directory, String... command) {
        try {
            Path output = java.nio.file.Files.createTempFile("gantry-program", ".out");
            try {
                Process process = new ProcessBuilder(List.of(command))
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
                assertThat(process.exitValue())
                        .as(java.nio.file.Files.readString(output, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .isZero();
            } finally {
                java.nio.file.Files.delete(output);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
