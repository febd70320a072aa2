package dev.gantry.cli.output;

import dev.gantry.client.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ports of a container on one line, neighbours joined: {@code 0.0.0.0:80-81->80-81/tcp, 443/tcp}. */
public final class PortList {

    private record Range(long first, long last) {}

    private PortList() {}

    /** Reads the ports of a listed container. */
    public static String text(Json ports) {
        List<Json> sorted = new ArrayList<>(ports.items());
        sorted.sort(
                Comparator.<Json>comparingLong(port -> port.get("PrivatePort").number())
                        .thenComparing(port -> port.get("IP").text())
                        .thenComparing(port -> port.get("PublicPort").number())
                        .thenComparing(port -> port.get("Type").text()));
        List<String> result = new ArrayList<>();
        List<String> mapped = new ArrayList<>();
        Map<String, Range> ranges = new LinkedHashMap<>();
        for (Json port : sorted) {
            long number = port.get("PrivatePort").number();
            String ip = port.get("IP").text();
            String type = port.get("Type").text();
            if (!ip.isEmpty() && port.get("PublicPort").number() != number) {
                mapped.add(address(ip, port.get("PublicPort").text()) + "->" + number + "/" + type);
                continue;
            }
            String key = ip.isEmpty() ? type : ip + "/" + type;
            Range range = ranges.get(key);
            if (range != null && number != range.last + 1) {
                result.add(text(key, range));
            }
            ranges.put(
                    key,
                    range != null && number == range.last + 1
                            ? new Range(range.first, number)
                            : new Range(number, number));
        }
        ranges.forEach((key, range) -> result.add(text(key, range)));
        result.addAll(mapped);
        return String.join(", ", result);
    }

    private static String text(String key, Range range) {
        int slash = key.indexOf('/');
        String numbers = range.first == range.last ? Long.toString(range.first) : range.first + "-" + range.last;
        return slash < 0
                ? numbers + "/" + key
                : address(key.substring(0, slash), numbers) + "->" + numbers + key.substring(slash);
    }

    private static String address(String ip, String port) {
        return ip.indexOf(':') >= 0 ? "[" + ip + "]:" + port : ip + ":" + port;
    }
}
