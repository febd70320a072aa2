package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.tar.TarEntry;
import dev.gantry.cli.tar.TarWriter;
import dev.gantry.client.transport.EngineRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Copies a file or a tree into a container. */
final class CopyIn {

    private static final int PIPE_BYTES = 256 * 1024;
    private static final int PERMISSIONS = 0_7777;
    private static final String TAR = "application/x-tar";

    private final Cli cli;
    private final String container;
    private final String target;
    private final boolean archive;
    private final boolean followLink;
    private final Map<String, String> hardLinks = new HashMap<>();

    CopyIn(Cli cli, String container, String target, boolean archive, boolean followLink) {
        this.cli = cli;
        this.container = container;
        this.target = target.startsWith("/") ? target : "/" + target;
        this.archive = archive;
        this.followLink = followLink;
    }

    /** Copies and returns the size of the archive in bytes. */
    long copy(String source) throws IOException {
        if (source.equals("-")) {
            return put(cli.in(), target);
        }
        Path path = Path.of(source);
        if (followLink && Files.isSymbolicLink(path)) {
            path = path.toRealPath();
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw CliException.failure("lstat " + path.toAbsolutePath().normalize() + ": no such file or directory");
        }
        boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || source.endsWith("/.");
        String place = followed();
        Optional<PathStat> stat = PathStat.of(cli, container, place);
        if (stat.isPresent() && stat.get().isDirectory()) {
            Path name = path.toAbsolutePath().normalize().getFileName();
            return send(path, (directory && source.endsWith("/.")) || name == null ? "." : name.toString(), place);
        }
        if (stat.isPresent() && directory) {
            throw CliException.failure("cannot copy directory");
        }
        if (stat.isEmpty() && !directory && target.endsWith("/")) {
            throw CliException.failure("destination directory \"" + target + "\" must exist");
        }
        Path inside = Path.of(place).normalize();
        Path parent = inside.getParent();
        return send(path, String.valueOf(inside.getFileName()), parent == null ? "/" : parent.toString());
    }

    /** The target, or what it points to when it is a symbolic link. */
    private String followed() throws IOException {
        Optional<PathStat> stat = PathStat.of(cli, container, target);
        return stat.isPresent() && stat.get().isSymbolicLink()
                ? Path.of(target).resolveSibling(stat.get().linkTarget()).toString()
                : target;
    }

    private long send(Path source, String name, String directory) throws IOException {
        long size;
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        try (PipedInputStream in = new PipedInputStream(PIPE_BYTES)) {
            PipedOutputStream out = new PipedOutputStream(in);
            Thread writer = new Thread(() -> {
                try (out) {
                    TarWriter tar = new TarWriter(out);
                    add(tar, source, name);
                    tar.finish();
                } catch (IOException e) {
                    failure.set(e);
                } catch (UncheckedIOException e) {
                    failure.set(e.getCause());
                }
            });
            writer.setDaemon(true);
            writer.start();
            size = put(in, directory);
        }
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return size;
    }

    private long put(InputStream tar, String directory) {
        CountingInput counted = new CountingInput(tar);
        cli.engine()
                .status(EngineRequest.of("PUT", "/containers/" + segment(container) + "/archive")
                        .query("path", directory)
                        .query("noOverwriteDirNonDir", "true")
                        .query("copyUIDGID", archive ? "true" : "")
                        .body(counted, TAR));
        return counted.count();
    }

    private void add(TarWriter tar, Path path, String name) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(
                path, "unix:mode,uid,gid,size,lastModifiedTime,ino,dev,nlink", LinkOption.NOFOLLOW_LINKS);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            tar.write(entry(name + "/", '5', attributes, ""), InputStream.nullInputStream());
            List<Path> children;
            try (Stream<Path> listed = Files.list(path)) {
                children = listed.sorted().toList();
            }
            for (Path child : children) {
                add(tar, child, name + "/" + child.getFileName());
            }
        } else if (Files.isSymbolicLink(path)) {
            String link = Files.readSymbolicLink(path).toString();
            tar.write(entry(name, '2', attributes, link), InputStream.nullInputStream());
        } else if (Files.isRegularFile(path)) {
            String earlier = hardLinks.putIfAbsent(attributes.get("dev") + ":" + attributes.get("ino"), name);
            if (earlier != null) {
                tar.write(entry(name, '1', attributes, earlier), InputStream.nullInputStream());
                return;
            }
            try (InputStream content = Files.newInputStream(path)) {
                tar.write(entry(name, '0', attributes, ""), content);
            }
        }
    }

    private static TarEntry entry(String name, char type, Map<String, Object> attributes, String link) {
        long size = type == '0' ? number(attributes.get("size")) : 0;
        FileTime modified = (FileTime) attributes.get("lastModifiedTime");
        return new TarEntry(
                name,
                type,
                (int) number(attributes.get("mode")) & PERMISSIONS,
                (int) number(attributes.get("uid")),
                (int) number(attributes.get("gid")),
                size,
                modified == null ? 0 : modified.toMillis() / 1000,
                link);
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
