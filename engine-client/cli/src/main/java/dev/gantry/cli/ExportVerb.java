package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.EngineResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a container's file system as a tar archive. */
final class ExportVerb extends Verb {

    @Option(
            names = {"-o", "--output"},
            description = "Write to a file, instead of STDOUT")
    String output = "";

    @Parameters(paramLabel = "CONTAINER")
    String container = "";

    @Override
    int run(Cli cli) throws IOException {
        if (output.isEmpty() && cli.isTerminal(Cli.STDOUT)) {
            throw new CliException(1, "cowardly refusing to save to a terminal. Use the -o flag or redirect");
        }
        try (EngineResponse answer =
                cli.engine().send(EngineRequest.get("/containers/" + segment(container) + "/export"))) {
            if (output.isEmpty()) {
                answer.body().transferTo(cli.out());
                cli.out().flush();
            } else {
                save(answer, Path.of(output).toAbsolutePath());
            }
        }
        return 0;
    }

    /** What is at the path is replaced only by an archive that has come whole. */
    private static void save(EngineResponse answer, Path file) throws IOException {
        Path parent = file.getParent();
        if (parent == null || Files.isDirectory(file)) {
            throw new CliException(
                    1, "failed to export container: invalid output path: \"" + file + "\" is a directory");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (OutputStream target = Files.newOutputStream(file)) {
                answer.body().transferTo(target);
            }
            return;
        }
        Path part = Files.createTempFile(parent, ".export", ".part");
        try {
            Files.copy(answer.body(), part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
