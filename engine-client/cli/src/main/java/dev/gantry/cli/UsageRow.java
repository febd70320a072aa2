package dev.gantry.cli;

import dev.gantry.cli.output.Human;
import dev.gantry.cli.template.Row;
import dev.gantry.client.json.Json;
import java.util.Locale;

/** Works out a line of a table of what containers use. */
final class UsageRow {

    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final double PERCENT = 100.0;

    private UsageRow() {}

    /**
     * Shows a sample.
     *
     * @param container as the user named it
     * @param stats missing where there is none
     */
    static Row of(String container, Json stats, boolean noTrunc) {
        String id = stats.get("id").text();
        Json memory = stats.get("memory_stats");
        long used = memoryUsed(memory);
        long limit = memory.get("limit").number();
        boolean known = !id.isEmpty();
        return new Row()
                .with("Container", () -> container)
                .with("Name", () -> known ? stats.get("name").text().substring(1) : "--")
                .with("ID", () -> known ? noTrunc ? id : Human.shortId(id) : "--")
                .with("CPUPerc", () -> known ? percent(cpu(stats)) : "--")
                .with("MemUsage", () -> known ? binary(used) + " / " + binary(limit) : "-- / --")
                .with("MemPerc", () -> known ? percent(limit == 0 ? 0 : PERCENT * used / limit) : "--")
                .with("NetIO", () -> known ? network(stats) : "--")
                .with("BlockIO", () -> known ? block(stats) : "--")
                .with(
                        "PIDs",
                        () -> known
                                ? Long.toString(
                                        stats.at("pids_stats", "current").number())
                                : "--");
    }

    static double cpu(Json stats) {
        Json now = stats.get("cpu_stats");
        Json before = stats.get("precpu_stats");
        double used = now.at("cpu_usage", "total_usage").number()
                - before.at("cpu_usage", "total_usage").number();
        double passed = now.get("system_cpu_usage").number()
                - before.get("system_cpu_usage").number();
        return used > 0 && passed > 0
                ? PERCENT * used / passed * now.get("online_cpus").number()
                : 0;
    }

    /** Without the pages of files that the kernel would give back first. */
    static long memoryUsed(Json memory) {
        long usage = memory.get("usage").number();
        Json details = memory.get("stats");
        long inactive = details.get("total_inactive_file").isMissing()
                ? details.get("inactive_file").number()
                : details.get("total_inactive_file").number();
        return inactive < usage ? usage - inactive : usage;
    }

    private static String network(Json stats) {
        long in = 0;
        long out = 0;
        for (Json counters : stats.get("networks").fields().values()) {
            in += counters.get("rx_bytes").number();
            out += counters.get("tx_bytes").number();
        }
        return Human.size(in) + " / " + Human.size(out);
    }

    private static String block(Json stats) {
        long read = 0;
        long written = 0;
        for (Json entry : stats.at("blkio_stats", "io_service_bytes_recursive").items()) {
            switch (entry.get("op").text().toLowerCase(Locale.ROOT)) {
                case "read" -> read += entry.get("value").number();
                case "write" -> written += entry.get("value").number();
                default -> {}
            }
        }
        return Human.size(read) + " / " + Human.size(written);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }

    /** Four digits at most, in powers of 1024. */
    static String binary(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < BINARY.length - 1) {
            value /= 1024;
            unit++;
        }
        String text = value >= 1000
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, value >= 100 ? "%.1f" : value >= 10 ? "%.2f" : "%.3f", value);
        if (text.indexOf('.') > 0) {
            text = text.replaceAll("0+$", "").replaceAll("\\.$", "");
        }
        return text + BINARY[unit];
    }
}
