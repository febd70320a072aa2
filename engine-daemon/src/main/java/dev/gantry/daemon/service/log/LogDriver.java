package dev.gantry.daemon.service.log;

import dev.gantry.daemon.type.EngineException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where output goes, by the names docker gave its drivers. */
public enum LogDriver {
    JSON_FILE("json-file", Options.FILE + " " + Options.ATTRIBUTES),
    LOCAL("local", Options.FILE),
    NONE("none", ""),
    JOURNALD("journald", Options.CACHE + " " + Options.ATTRIBUTES),
    SYSLOG("syslog", Options.CACHE + " " + Options.ATTRIBUTES + " " + Options.SYSLOG);

    /** The names of options, those first that drivers share. */
    private static final class Options {
        static final String FILE = "max-size max-file compress";
        static final String ATTRIBUTES = "labels labels-regex env env-regex tag";
        static final String CACHE = "cache-disabled cache-max-size cache-max-file cache-compress";
        static final String SYSLOG = "syslog-address syslog-facility syslog-format syslog-tls-ca-cert syslog-tls-cert"
                + " syslog-tls-key syslog-tls-skip-verify";
    }

    private final String word;
    private final String options;

    LogDriver(String word, String options) {
        this.word = word;
        this.options = options;
    }

    /** The name users know it by. */
    public String word() {
        return word;
    }

    /** Finds a driver by its name. */
    static LogDriver named(String word) {
        return Stream.of(values())
                .filter(driver -> driver.word.equals(word))
                .findFirst()
                // compat: docker's text
                .orElseThrow(() -> EngineException.invalid("logger: no log driver named '" + word + "' is registered"));
    }

    /** The names of all drivers that read or ship output, in order. */
    public static List<String> words() {
        return Stream.of(values())
                .filter(driver -> driver != NONE)
                .map(LogDriver::word)
                .sorted()
                .toList();
    }

    void checkOptions(Set<String> names) {
        Set<String> known = Set.of(options.split(" "));
        for (String name : new TreeSet<>(names)) {
            if (!known.contains(name)) {
                // compat: docker's texts
                throw EngineException.invalid(
                        this == LOCAL
                                ? "unknown log opt '" + name + "' for log driver local"
                                : "unknown log opt '" + name + "' for " + word + " log driver");
            }
        }
    }
}
