package dev.gantry.daemon.runtime.cgroup;

import dev.gantry.daemon.runtime.cgroup.CgroupLayout.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The cgroup of one container, in whichever trees the host has. Immutable; safe for use by many threads. */
public final class ContainerCgroup {

    private static final int DEPTH_MAXIMUM = 32;

    private final CgroupLayout layout;
    private final String path;

    ContainerCgroup(CgroupLayout layout, String path) {
        this.layout = layout;
        this.path = path;
    }

    /** Whether one tree holds all controllers. */
    public boolean isUnified() {
        return layout.version() == Version.V2;
    }

    /** Its directory in a controller's tree; empty where the host has no such controller. */
    public Optional<Path> directory(String controller) {
        return layout.directory(controller, path);
    }

    /** Stops and wakes all its processes together. */
    public Freezer freezer() {
        return new Freezer(directory("freezer"), isUnified() ? Freezer.Form.V2 : Freezer.Form.V1);
    }

    /** The processes in it and below, in order; none where the cgroup is gone. */
    public Set<Integer> processes() {
        Set<Integer> pids = new TreeSet<>();
        List<String> controllers = isUnified() ? List.of("pids") : List.of("pids", "freezer", "memory");
        for (String controller : controllers) {
            Optional<Path> directory = directory(controller);
            if (directory.isPresent()) {
                collect(directory.get(), pids, 0);
                return pids;
            }
        }
        return pids;
    }

    private static void collect(Path group, Set<Integer> pids, int depth) {
        for (String line : lines(group.resolve("cgroup.procs"))) {
            pids.add(Integer.parseInt(line.strip()));
        }
        if (depth < DEPTH_MAXIMUM) {
            children(group).forEach(child -> collect(child, pids, depth + 1));
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (FileSystemException e) {
            // the cgroup is gone, or holds threads only
            return List.of();
        } catch (IOException e) {
            if (Files.notExists(file)) {
                return List.of();
            }
            throw new UncheckedIOException("Reading " + file, e);
        }
    }

    private static List<Path> children(Path group) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(group, Files::isDirectory)) {
            entries.forEach(children::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Listing the cgroups below " + group, e);
        }
        return children;
    }
}
