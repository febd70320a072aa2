package dev.gantry.daemon.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
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

    /** Looks below each parent, as every daemon has one of its own. */
    Path file(String controller, String v1, String v2) {
        Path tree = isUnified() ? ROOT : ROOT.resolve(controller);
        try (DirectoryStream<Path> parents = Files.newDirectoryStream(tree, "gantry*")) {
            for (Path parent : parents) {
                Path group = parent.resolve(id);
                if (Files.isDirectory(group)) {
                    return group.resolve(isUnified() ? v2 : v1);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("no cgroup of container " + id + " below " + tree);
    }

    boolean isFrozen() {
        String state = read("freezer", "freezer.state", "cgroup.events");
        return isUnified() ? state.contains("frozen 1") : state.equals("FROZEN");
    }
}
