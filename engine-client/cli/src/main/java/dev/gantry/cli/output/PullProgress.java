package dev.gantry.cli.output;

import dev.gantry.client.json.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows the messages of a pull: on a terminal a line per layer, kept up to date; elsewhere a line per step. */
public final class PullProgress {

    private static final int BAR = 50;
    private static final int BAR_NEEDS_COLUMNS = 110;

    private final PrintStream out;
    private final int columns;
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Map<String, Instant> started = new LinkedHashMap<>();

    /**
     * Prepares to show progress.
     *
     * @param columns the width of the terminal; 0 when there is none
     */
    public PullProgress(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    public void show(Json message) {
        String stream = message.get("stream").text();
        if (!stream.isEmpty()) {
            out.print(stream);
            out.flush();
            return;
        }
        String status = message.get("status").text();
        String id = message.get("id").text();
        String bar = bar(id, message.get("progressDetail"));
        if (columns == 0) {
            if (bar.isEmpty() && !status.isEmpty()) {
                out.print((id.isEmpty() ? "" : id + ": ") + status + "\n");
            }
        } else if (id.isEmpty() || message.get("progressDetail").isMissing()) {
            lines.clear();
            out.print((id.isEmpty() ? "" : id + ": ") + status + "\n");
        } else {
            update(id, status + " " + bar);
        }
        out.flush();
    }

    private void update(String id, String text) {
        Integer known = lines.get(id);
        if (known == null) {
            lines.put(id, lines.size());
            out.print(cut(id + ": " + text) + "\n");
            return;
        }
        int up = lines.size() - known;
        out.print("\033[" + up + "A\033[2K\r" + cut(id + ": " + text) + "\r\033[" + up + "B");
    }

    private String cut(String line) {
        return line.length() > columns ? line.substring(0, columns) : line;
    }

    private String bar(String id, Json detail) {
        long current = detail.get("current").number();
        long total = detail.get("total").number();
        if (current <= 0 && total <= 0) {
            return "";
        }
        if (total <= 0) {
            return String.format("%8s", Human.size(current, 4));
        }
        String numbers = String.format("%8s/%s", Human.size(current, 4), Human.size(total, 4));
        int done = (int) Math.min(BAR, current * BAR / total);
        String box = columns > BAR_NEEDS_COLUMNS || columns == 0
                ? "[" + "=".repeat(done) + ">" + " ".repeat(BAR - done) + "] "
                : "";
        return box + numbers + timeLeft(id, current, total);
    }

    private String timeLeft(String id, long current, long total) {
        Instant start = started.computeIfAbsent(id, key -> Instant.now());
        Duration spent = Duration.between(start, Instant.now());
        if (current <= 0 || current >= total || spent.toSeconds() < 1) {
            return "";
        }
        return "  " + (long) (spent.toMillis() * (double) (total - current) / current / 1000) + "s";
    }
}
