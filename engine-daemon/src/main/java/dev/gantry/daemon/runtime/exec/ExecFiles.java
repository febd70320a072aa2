package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.runtime.spec.ProcessSpec;
import dev.gantry.daemon.runtime.spec.SpecWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of one exec while it runs, in its container's bundle.
 *
 * @param bundle of the container
 * @param execId names the exec
 */
record ExecFiles(Path bundle, String execId) {

    private static final int SHORT_ID = 16;

    Path process() {
        return file("json");
    }

    Path pid() {
        return file("pid");
    }

    Path log() {
        return file("log");
    }

    Path console() {
        return file("tty");
    }

    private Path file(String suffix) {
        return bundle.resolve("exec-" + execId.substring(0, Math.min(SHORT_ID, execId.length())) + "." + suffix);
    }

    void writeProcess(ProcessSpec spec) {
        try {
            Files.write(process(), SpecWriter.toJson(spec));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + process(), e);
        }
    }

    /** What the runtime had to say; empty where it found no fault. */
    String readLog() {
        try {
            return Files.readString(log()).strip();
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + log(), e);
        }
    }

    /** 0 where the runtime has not written it yet. */
    int readPid() {
        try {
            String text = Files.readString(pid()).strip();
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + pid(), e);
        }
    }

    void remove() {
        try {
            for (Path file : List.of(process(), pid(), log(), console())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the files of an exec in " + bundle, e);
        }
    }
}
