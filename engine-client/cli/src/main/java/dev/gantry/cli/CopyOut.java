package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.tar.TarEntry;
import dev.gantry.cli.tar.TarReader;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.EngineResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Copies a file or a tree out of a container. Nothing is written outside the target, whatever the archive says. */
final class CopyOut {

    private final Cli cli;
    private final String container;
    private final String source;
    private final boolean followLink;
    private final Map<Path, TarEntry> directories = new LinkedHashMap<>();

    CopyOut(Cli cli, String container, String source, boolean followLink) {
        this.cli = cli;
        this.container = container;
        this.source = source;
        this.followLink = followLink;
    }

    /** Copies and returns the size of the archive in bytes. */
    long copy(String target) throws IOException {
        String path = source;
        if (followLink) {
            PathStat stat = PathStat.of(cli, container, source).orElse(new PathStat(0, ""));
            path = stat.isSymbolicLink()
                    ? Path.of(source).resolveSibling(stat.linkTarget()).toString()
                    : source;
        }
        EngineRequest request = EngineRequest.get("/containers/" + segment(container) + "/archive")
                .query("path", path);
        try (EngineResponse answer = cli.engine().send(request)) {
            CountingInput archive = new CountingInput(answer.body());
            if (target.equals("-")) {
                Streaming.copyAll(archive, Streaming.raw(cli, Cli.STDOUT));
            } else {
                extract(
                        new TarReader(archive),
                        root(target, PathStat.read(answer).isDirectory()));
            }
            return archive.count();
        }
    }

    /** Where the copied file or tree itself will be. */
    private Path root(String target, boolean directory) throws IOException {
        Path path = Path.of(target).toAbsolutePath().normalize();
        if (Files.isDirectory(path)) {
            boolean contentOnly = source.endsWith("/.") || source.equals("/") || source.equals(".");
            Path name = Path.of(source).normalize().getFileName();
            return (directory && contentOnly) || name == null ? path : path.resolve(name);
        }
        if (directory && Files.exists(path)) {
            throw CliException.failure("cannot copy directory");
        }
        if (!directory && target.endsWith("/")) {
            throw CliException.failure("destination directory does not exist: " + target);
        }
        Path parent = path.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw CliException.failure("invalid output path: directory \"" + parent + "\" does not exist");
        }
        return path;
    }

    private void extract(TarReader tar, Path root) throws IOException {
        String top = null;
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            String name = strip(entry.name());
            if (top == null) {
                top = name.equals(".") || name.isEmpty() ? "" : first(name);
            }
            String below = top.isEmpty()
                    ? strip(name.startsWith("./") ? name.substring(2) : name)
                    : name.substring(Math.min(name.length(), top.length()));
            Path path = below.isEmpty() || below.equals(".") || below.equals("/")
                    ? root
                    : inside(root, strip(below.startsWith("/") ? below.substring(1) : below));
            write(tar, entry, path, root, top);
        }
        for (Map.Entry<Path, TarEntry> directory : directories.entrySet()) {
            attributes(directory.getKey(), directory.getValue());
        }
    }

    private static String strip(String name) {
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private static String first(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    private static Path inside(Path root, String name) throws IOException {
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root)) {
            throw new IOException("the archive leads outside its directory: " + name);
        }
        for (Path parent = path.getParent();
                parent != null && !parent.equals(root) && parent.startsWith(root);
                parent = parent.getParent()) {
            if (Files.isSymbolicLink(parent)) {
                throw new IOException("the archive leads through a symbolic link: " + name);
            }
        }
        return path;
    }

    private void write(TarReader tar, TarEntry entry, Path path, Path root, String top) throws IOException {
        if (entry.isDirectory()) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(path);
            }
            directories.put(path, entry);
            return;
        }
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(path);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.linkTarget()));
        } else if (entry.isHardLink()) {
            String target = strip(entry.linkTarget());
            Files.createLink(
                    path,
                    inside(root, target.substring(Math.min(target.length(), top.isEmpty() ? 0 : top.length() + 1))));
        } else if (entry.isFile()) {
            try (OutputStream out = Files.newOutputStream(path)) {
                tar.copyTo(out);
            }
            attributes(path, entry);
        }
    }

    private static void attributes(Path path, TarEntry entry) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((entry.mode() & 0_400 >> i) != 0) {
                permissions.add(all[i]);
            }
        }
        Files.setPosixFilePermissions(path, permissions);
        Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(entry.modified())));
    }
}
