package dev.gantry.cli;

import dev.gantry.client.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command. One instance runs once; its options are filled in before. */
abstract class Verb {

    /** Does the work and returns the exit status. */
    abstract int run(Cli cli) throws Exception;

    /** The exit status when the engine refuses. */
    int failureStatus() {
        return 1;
    }

    /** The query parameter for filters given as {@code name=value}. */
    static String filters(@Nullable List<String> given) {
        if (given == null || given.isEmpty()) {
            return "";
        }
        Map<String, Map<String, Boolean>> filters = new LinkedHashMap<>();
        for (String filter : given) {
            int equals = filter.indexOf('=');
            if (equals < 0) {
                throw new CliException(
                        Run.REFUSED,
                        "invalid argument \"" + filter + "\" for \"-f, --filter\" flag: "
                                + "bad format of filter (expected name=value)");
            }
            filters.computeIfAbsent(
                            filter.substring(0, equals).strip().toLowerCase(Locale.ROOT), key -> new LinkedHashMap<>())
                    .put(filter.substring(equals + 1).strip(), true);
        }
        return Json.of(filters).toString();
    }

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? new ArrayList<>() : list;
    }
}
