package dev.gantry.daemon.runtime.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the files of cgroups. What cannot be read, as the cgroup is gone or the kernel has no such file, is empty: a
 * container may end between two files.
 */
final class CgroupFile {

    static final Table NOTHING = new Table(Map.of());

    private CgroupFile() {}

    /** Lines of a name and a number. */
    record Table(Map<String, Long> values) {

        /** 0 where there is no such line. */
        long value(String name) {
            return values.getOrDefault(name, 0L);
        }
    }

    /** The content without white space around it. */
    static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** A single number; {@link Long#MAX_VALUE} for {@code max}, 0 where there is none. */
    static long number(Path file) {
        return parseNumber(text(file));
    }

    static long parseNumber(String text) {
        if (text.equals("max")) {
            return Long.MAX_VALUE;
        }
        try {
            return text.isEmpty() ? 0 : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static Table table(Path file) {
        return parseTable(text(file));
    }

    static Table parseTable(String text) {
        Map<String, Long> values = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            int space = line.indexOf(' ');
            if (space > 0) {
                values.put(line.substring(0, space), parseNumber(line.substring(space + 1)));
            }
        }
        return new Table(Collections.unmodifiableMap(values));
    }

    /** All lines. */
    static List<String> lines(Path file) {
        return text(file).lines().toList();
    }
}
