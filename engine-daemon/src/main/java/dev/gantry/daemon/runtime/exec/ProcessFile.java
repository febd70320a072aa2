package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.runtime.ExecRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the file that tells a runtime what to run. */
public final class ProcessFile {

    private ProcessFile() {}

    public static void write(Path file, ExecRequest request) {
        try {
            Files.write(file, ProcessDocument.of(request.process()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
