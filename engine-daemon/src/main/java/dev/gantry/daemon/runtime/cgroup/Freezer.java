package dev.gantry.daemon.runtime.cgroup;

import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Stops and wakes all processes of a cgroup together. Stateless: the kernel knows. */
public final class Freezer {

    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    /** What the kernel says of a cgroup. */
    public enum State {
        THAWED,
        /** On its way, or stuck: a process sits in the kernel. */
        FREEZING,
        FROZEN
    }

    /** Which files control it. */
    enum Form {
        V1,
        V2
    }

    private final Optional<Path> directory;
    private final Form form;

    Freezer(Optional<Path> directory, Form form) {
        this.directory = directory;
        this.form = form;
    }

    /** What the kernel says; thawed where the cgroup is gone. */
    public State state() {
        if (form == Form.V1) {
            return switch (read("freezer.state").strip()) {
                case "FROZEN" -> State.FROZEN;
                case "FREEZING" -> State.FREEZING;
                default -> State.THAWED;
            };
        }
        if (read("cgroup.events").lines().anyMatch("frozen 1"::equals)) {
            return State.FROZEN;
        }
        return read("cgroup.freeze").strip().equals("1") ? State.FREEZING : State.THAWED;
    }

    /**
     * Stops all processes. Where that does not succeed in time they are woken again.
     *
     * @throws EngineException UNAVAILABLE without a freezer, INTERNAL where a process could not be stopped in time
     */
    public void freeze(Duration deadline) {
        Path group = directory
                .filter(Files::isDirectory)
                .orElseThrow(() -> EngineException.unavailable("this host has no freezer cgroup for it"));
        long end = System.nanoTime() + deadline.toNanos();
        try {
            write(group, form == Form.V1 ? "FROZEN" : "1");
            while (state() != State.FROZEN) {
                if (System.nanoTime() - end > 0) {
                    throw EngineException.internal(
                            "its processes did not freeze within " + deadline.toSeconds() + " s, one is stuck in the"
                                    + " kernel; they run on",
                            new IOException("freezer state " + state()));
                }
                LockSupport.parkNanos(PAUSE.toNanos());
                if (form == Form.V1) {
                    // processes that were born meanwhile are caught only by another write
                    write(group, "FROZEN");
                }
            }
        } catch (RuntimeException e) {
            thaw();
            throw e;
        }
    }

    /** Lets all processes run. Does nothing where the cgroup is gone. */
    public void thaw() {
        if (directory.filter(Files::isDirectory).isPresent()) {
            try {
                write(directory.get(), form == Form.V1 ? "THAWED" : "0");
            } catch (UncheckedIOException e) {
                if (Files.isDirectory(directory.get())) {
                    throw e;
                }
            }
        }
    }

    /**
     * Lets a process run that is to be killed, with all others of its cgroup: version 1 keeps even SIGKILL waiting.
     * Does nothing where it has ended.
     */
    public static void thawCgroupOf(int pid) {
        try {
            Files.readAllLines(Path.of("/proc", Integer.toString(pid), "cgroup")).stream()
                    .map(line -> line.split(":", 3))
                    .filter(fields -> fields.length == 3 && fields[1].equals("freezer") && fields[2].length() > 1)
                    .findFirst()
                    .ifPresent(fields -> new Freezer(
                                    Optional.of(CGROUPS.resolve("freezer").resolve(fields[2].substring(1))), Form.V1)
                            .thaw());
        } catch (FileSystemException ended) {
            return;
        } catch (IOException e) {
            if (Files.exists(Path.of("/proc", Integer.toString(pid)))) {
                throw new UncheckedIOException("Reading the cgroup of process " + pid, e);
            }
        }
    }

    private void write(Path group, String text) {
        Path file = group.resolve(form == Form.V1 ? "freezer.state" : "cgroup.freeze");
        try {
            Files.writeString(file, text, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing " + text + " to " + file, e);
        }
    }

    private String read(String name) {
        if (directory.isEmpty()) {
            return "";
        }
        Path file = directory.get().resolve(name);
        try {
            return Files.readString(file);
        } catch (FileSystemException e) {
            return "";
        } catch (IOException e) {
            if (Files.notExists(file)) {
                return "";
            }
            throw new UncheckedIOException("Reading " + file, e);
        }
    }
}
