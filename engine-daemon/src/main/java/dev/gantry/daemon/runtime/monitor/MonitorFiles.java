package dev.gantry.daemon.runtime.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The files of a container's monitor, in its bundle on the exec root. They are gone after a reboot, as is the container.
 *
 * @param bundle the OCI bundle
 */
record MonitorFiles(Path bundle) {

    Path attachSocket() {
        return bundle.resolve("attach");
    }

    Path control() {
        return bundle.resolve("ctl");
    }

    Path pid() {
        return bundle.resolve("pid");
    }

    Path record() {
        return bundle.resolve("task.json");
    }

    /** Holds the exit status, written by conmon just before it ends. */
    private Path exit() {
        return bundle.resolve("exit");
    }

    /** The exit status, where the monitor saw the end. */
    Optional<Exit> readExit() {
        try {
            int code = Integer.parseInt(Files.readString(exit()).strip());
            return Optional.of(new Exit(code, Files.getLastModifiedTime(exit()).toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + exit(), e);
        }
    }

    boolean sawOutOfMemory() {
        return Files.exists(bundle.resolve("oom"));
    }

    /** Removes all of them; what others keep in the bundle stays. */
    void remove() {
        List<Path> files = List.of(
                attachSocket(), control(), bundle.resolve("winsz"), pid(), exit(), bundle.resolve("oom"), record());
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the monitor's files in " + bundle, e);
        }
    }

    record Exit(int code, Instant at) {}
}
