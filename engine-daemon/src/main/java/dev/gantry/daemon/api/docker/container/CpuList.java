package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lists of processors and memory nodes as the kernel writes them: {@code 0-2,4}. */
final class CpuList {

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");

    private CpuList() {}

    /**
     * Makes sure that what is asked for is there.
     *
     * @param things as messages call them
     * @param setting as messages call it
     * @param asked empty: all
     * @param online the kernel's list of what is there
     * @throws EngineException of kind invalid, in docker's words
     */
    static void require(String things, String setting, String asked, Path online) {
        if (asked.isEmpty()) {
            return;
        }
        BitSet wanted = parse(asked, setting);
        String present = read(online);
        wanted.andNot(parse(present, setting));
        if (!wanted.isEmpty()) {
            // compat: docker's text
            throw EngineException.invalid(
                    "Requested " + things + " are not available - requested " + asked + ", available: " + present);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            // a kernel without NUMA has one node and no list of them
            return "0";
        }
    }

    static BitSet parse(String text, String setting) {
        BitSet numbers = new BitSet();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            int first = range.matches() ? Integer.parseInt(range.group(1)) : 0;
            int last = range.matches() && range.group(2) != null ? Integer.parseInt(range.group(2)) : first;
            if (!range.matches() || last < first) {
                // compat: docker's text
                throw EngineException.invalid(
                        "Invalid value " + text + " for " + setting + ": invalid format: " + part);
            }
            numbers.set(first, last + 1);
        }
        return numbers;
    }
}
