package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.spec.SpecWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the file that tells a runtime what to run. */
public final class ProcessFile {

    private ProcessFile() {}

    public static void write(Path file, ExecRequest request) {
        try {
            Files.write(file, SpecWriter.toJson(request.process().withTerminalSize(request.terminalSize())));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
