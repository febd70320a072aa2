package dev.gantry.daemon.runtime.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a log's files, all in one directory.
 *
 * @param current the name the monitor writes to; the file behind it changes
 */
record LogFiles(Path current) {

    private static final String COMPRESSED = ".gz";
    private static final Pattern SEGMENT = Pattern.compile(".*\\.([0-9]{1,18})(\\.gz)?");

    /** The name under which the monitor makes a new file before it takes the current one's place: conmon's choice. */
    Path spare() {
        return sibling(".tmp");
    }

    /** The name a file of the log keeps for as long as it exists. */
    Path segment(long number) {
        return sibling("." + number);
    }

    Path compressed(long number) {
        return sibling("." + number + COMPRESSED);
    }

    /** A compressed file that is not complete. */
    Path unfinished(long number) {
        return sibling("." + number + COMPRESSED + ".new");
    }

    private Path sibling(String suffix) {
        return current.resolveSibling(current.getFileName() + suffix);
    }

    /** All files with a number, oldest first. One that is there plain and compressed counts as plain. */
    List<Segment> segments() throws IOException {
        Map<Long, Segment> found = new TreeMap<>();
        Path directory = Objects.requireNonNull(current.getParent());
        String names = current.getFileName() + ".[0-9]*";
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, names)) {
            for (Path entry : entries) {
                Matcher name = SEGMENT.matcher(entry.getFileName().toString());
                if (name.matches()) {
                    boolean compressed = name.group(2) != null;
                    segment(entry, Long.parseLong(name.group(1)), compressed).ifPresent(segment -> {
                        Segment other = found.get(segment.number());
                        if (other == null || other.compressed()) {
                            found.put(segment.number(), segment);
                        }
                    });
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return List.copyOf(found.values());
    }

    private static Optional<Segment> segment(Path file, long number, boolean compressed) throws IOException {
        return attributes(file)
                .map(a -> new Segment(
                        number,
                        file,
                        compressed,
                        key(a),
                        a.size(),
                        a.lastModifiedTime().toInstant()));
    }

    /** Who the file of a name is; empty where there is none. */
    static Optional<Object> key(Path file) throws IOException {
        return attributes(file).map(LogFiles::key);
    }

    static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    static Object key(BasicFileAttributes attributes) {
        return Objects.requireNonNull(attributes.fileKey());
    }
}
