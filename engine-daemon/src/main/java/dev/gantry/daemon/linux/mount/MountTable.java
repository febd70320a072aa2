package dev.gantry.daemon.linux.mount;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is mounted where, as the kernel's {@code mountinfo} says at one moment.
 *
 * @param entries in the kernel's order: of two on one place the later is on top
 */
public record MountTable(List<Entry> entries) {

    /**
     * One mount.
     *
     * @param id number of the mount
     * @param parent number of the mount it stands on
     * @param root directory of its file system that is mounted
     * @param target where it is mounted
     * @param options of this mount
     * @param propagation optional fields such as {@code shared:7} and {@code master:2}
     * @param type of file system
     * @param source device or name
     * @param superOptions of the file system
     */
    public record Entry(
            int id,
            int parent,
            String root,
            String target,
            List<String> options,
            List<String> propagation,
            String type,
            String source,
            List<String> superOptions) {

        public Entry {
            options = List.copyOf(options);
            propagation = List.copyOf(propagation);
            superOptions = List.copyOf(superOptions);
        }

        /** Whether mounts below it pass to peers. */
        public boolean isShared() {
            return propagation.stream().anyMatch(field -> field.startsWith("shared:"));
        }
    }

    public MountTable {
        entries = List.copyOf(entries);
    }

    /** Reads the table of the mount namespace of the calling thread. */
    public static MountTable read() {
        try {
            return parse(Files.readString(Path.of("/proc/thread-self/mountinfo"), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the table of mounts", e);
        }
    }

    /** Reads the text of {@code mountinfo}, its bytes as characters of ISO 8859-1. */
    static MountTable parse(String latin1) {
        List<Entry> entries = new ArrayList<>();
        for (String line : latin1.split("\n", -1)) {
            String[] fields = line.split(" ", -1);
            int separator = Arrays.asList(fields).indexOf("-");
            if (separator < 6 || fields.length < separator + 4) {
                continue;
            }
            entries.add(new Entry(
                    Integer.parseInt(fields[0]),
                    Integer.parseInt(fields[1]),
                    decode(fields[3]),
                    decode(fields[4]),
                    List.of(fields[5].split(",", -1)),
                    List.of(fields).subList(6, separator),
                    fields[separator + 1],
                    decode(fields[separator + 2]),
                    List.of(fields[separator + 3].split(",", -1))));
        }
        return new MountTable(entries);
    }

    private static String decode(String field) {
        ByteBuffer bytes = ByteBuffer.allocate(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 3 < field.length()) {
                bytes.put((byte) Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                bytes.put((byte) c);
            }
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    /** The mount on top at exactly this path. */
    public Optional<Entry> at(Path target) {
        String text = target.toString();
        return entries.stream().filter(entry -> entry.target().equals(text)).reduce((first, second) -> second);
    }

    public boolean isMountPoint(Path target) {
        return at(target).isPresent();
    }

    /** All mounts at or below a path, deepest and topmost first: the order to unmount them in. */
    public List<Entry> below(Path path) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (Path.of(entry.target()).startsWith(path)) {
                found.add(0, entry);
            }
        }
        return found;
    }
}
