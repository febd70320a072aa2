package dev.gantry.daemon.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The cgroup of a container as the kernel shows it, in whichever version the host has. */
final class Cgroup {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final String id;

    private Cgroup(String id) {
        this.id = id;
    }

    /** @param id in full */
    static Cgroup of(String id) {
        return new Cgroup(id);
    }

    static boolean isUnified() {
        return Files.exists(ROOT.resolve("cgroup.controllers"));
    }

    /** Reads a file by its name in version 1, with its controller, or in version 2. */
    String read(String controller, String v1, String v2) {
        try {
            return Files.readString(file(controller, v1, v2)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String controller, String v1, String v2) {
        return isUnified()
                ? ROOT.resolve("gantry").resolve(id).resolve(v2)
                : ROOT.resolve(controller).resolve("gantry").resolve(id).resolve(v1);
    }

    boolean isFrozen() {
        String state = read("freezer", "freezer.state", "cgroup.events");
        return isUnified() ? state.contains("frozen 1") : state.equals("FROZEN");
    }
}
