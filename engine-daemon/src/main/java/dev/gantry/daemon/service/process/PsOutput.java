package dev.gantry.daemon.service.process;

import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks what the host's ps is asked for, and picks a container's processes out of what it prints. */
final class PsOutput {

    private static final Pattern RENAMED = Pattern.compile("\\s+([^\\s]*)=\\s*(PID[^\\s]*)");

    private PsOutput() {}

    /**
     * Refuses options that give another column the name by which the process ids are found.
     *
     * @throws EngineException with docker's text
     */
    static void check(String options) {
        Matcher matcher = RENAMED.matcher(options);
        while (matcher.find()) {
            if (!matcher.group(1).equals("pid")) {
                throw EngineException.invalid(
                        "specifying \"" + matcher.group(1) + "=" + matcher.group(2) + "\" is not allowed");
            }
        }
    }

    /**
     * Picks the rows of some processes, and of their threads where those were asked for.
     *
     * @throws EngineException where there is no column of process ids
     */
    static ProcessList parse(String output, Set<Integer> pids) {
        String[] lines = output.split("\n", -1);
        List<String> titles = words(lines[0]);
        int column = titles.indexOf("PID");
        if (column < 0) {
            throw EngineException.invalid("Couldn't find PID field in ps output");
        }
        List<List<String>> rows = new ArrayList<>();
        boolean threads = false;
        for (int i = 1; i < lines.length; i++) {
            List<String> cells = words(lines[i]);
            if (cells.size() <= column) {
                continue;
            }
            boolean thread = cells.get(column).equals("-");
            if (!thread) {
                // the lines of a process's threads follow its own
                threads = pids.contains(number(cells.get(column)));
            }
            if (threads) {
                rows.add(fitted(cells, titles.size()));
            }
        }
        return new ProcessList(titles, rows);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw EngineException.internal("Unexpected pid '" + text + "'", e);
        }
    }

    /** The last column, the command line, takes what is left. */
    private static List<String> fitted(List<String> cells, int columns) {
        if (cells.size() <= columns) {
            return cells;
        }
        List<String> fitted = new ArrayList<>(cells.subList(0, columns - 1));
        fitted.add(String.join(" ", cells.subList(columns - 1, cells.size())));
        return fitted;
    }

    /** Only ASCII space parts cells: other space may stand in a name. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.split("[ \\t\\n\\x0b\\f\\r]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
