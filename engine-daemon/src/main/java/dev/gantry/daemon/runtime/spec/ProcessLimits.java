package dev.gantry.daemon.runtime.spec;

import dev.gantry.daemon.runtime.spec.ProcessSpec.Rlimit;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far this process may raise resource limits and lower OOM scores for its children: without
 * {@code CAP_SYS_RESOURCE}, not beyond its own. Immutable.
 */
public final class ProcessLimits {

    private static final Map<String, String> PROC_NAMES = Map.ofEntries(
            Map.entry("Max cpu time", "RLIMIT_CPU"),
            Map.entry("Max file size", "RLIMIT_FSIZE"),
            Map.entry("Max data size", "RLIMIT_DATA"),
            Map.entry("Max stack size", "RLIMIT_STACK"),
            Map.entry("Max core file size", "RLIMIT_CORE"),
            Map.entry("Max resident set", "RLIMIT_RSS"),
            Map.entry("Max processes", "RLIMIT_NPROC"),
            Map.entry("Max open files", "RLIMIT_NOFILE"),
            Map.entry("Max locked memory", "RLIMIT_MEMLOCK"),
            Map.entry("Max address space", "RLIMIT_AS"),
            Map.entry("Max file locks", "RLIMIT_LOCKS"),
            Map.entry("Max pending signals", "RLIMIT_SIGPENDING"),
            Map.entry("Max msgqueue size", "RLIMIT_MSGQUEUE"),
            Map.entry("Max nice priority", "RLIMIT_NICE"),
            Map.entry("Max realtime priority", "RLIMIT_RTPRIO"),
            Map.entry("Max realtime timeout", "RLIMIT_RTTIME"));

    private static final long NONE = -1;
    private static final int HARD_COLUMN_FROM_END = 2;

    private final Map<String, Long> highest;
    private final int lowestOomScoreAdjust;

    private ProcessLimits(Map<String, Long> highest, int lowestOomScoreAdjust) {
        this.highest = Map.copyOf(highest);
        this.lowestOomScoreAdjust = lowestOomScoreAdjust;
    }

    /** Reads what holds for this process. */
    public static ProcessLimits ofThisProcess() {
        boolean mayRaise = Capabilities.ofThisProcess().available().contains("CAP_SYS_RESOURCE");
        try {
            long openFiles = KernelNumber.read("/proc/sys/fs/nr_open");
            int score = (int) KernelNumber.read("/proc/self/oom_score_adj");
            Map<String, Long> highest =
                    mayRaise ? unlimited() : parse(Files.readAllLines(Path.of("/proc/self/limits")));
            highest.merge("RLIMIT_NOFILE", openFiles, ProcessLimits::lower);
            return new ProcessLimits(highest, mayRaise ? -1000 : score);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading this process's limits", e);
        }
    }

    static ProcessLimits of(Map<String, Long> highest, int lowestOomScoreAdjust) {
        return new ProcessLimits(highest, lowestOomScoreAdjust);
    }

    private static Map<String, Long> unlimited() {
        Map<String, Long> highest = new HashMap<>();
        PROC_NAMES.values().forEach(name -> highest.put(name, NONE));
        return highest;
    }

    private static Map<String, Long> parse(List<String> lines) {
        Map<String, Long> highest = unlimited();
        for (String line : lines) {
            for (Map.Entry<String, String> name : PROC_NAMES.entrySet()) {
                if (line.startsWith(name.getKey() + " ")) {
                    String[] columns =
                            line.substring(name.getKey().length()).strip().split("\\s+", -1);
                    String hard = columns[HARD_COLUMN_FROM_END - 1];
                    highest.put(name.getValue(), hard.equals("unlimited") ? NONE : Long.parseLong(hard));
                }
            }
        }
        return highest;
    }

    /**
     * Takes limits a user asks for by Docker's names ({@code nofile}).
     *
     * @return by the names of the OCI specification
     * @throws EngineException of kind invalid for unknown names, for a soft limit above the hard one, and for a hard
     *     limit this process may not set
     */
    public Map<String, Rlimit> requested(Map<String, Rlimit> byDockerName) {
        Map<String, Rlimit> limits = new TreeMap<>();
        byDockerName.forEach((name, limit) -> {
            String full = "RLIMIT_" + name.toUpperCase(Locale.ROOT);
            if (!highest.containsKey(full)) {
                throw EngineException.invalid("invalid ulimit type: " + name);
            }
            if (above(limit.soft(), limit.hard())) {
                throw EngineException.invalid("ulimit soft limit must be less than or equal to hard limit: "
                        + limit.soft() + " > " + limit.hard());
            }
            long most = highest.getOrDefault(full, NONE);
            if (above(limit.hard(), most)) {
                throw EngineException.invalid("cannot set ulimit " + name + " to " + limit.hard()
                        + ": the engine itself may set at most " + most
                        + "; raise the limit of the engine's service, or ask for less");
            }
            limits.put(full, limit);
        });
        return limits;
    }

    /** Lowers limits that come from a default to what this process may set. */
    public Map<String, Rlimit> clamp(Map<String, Rlimit> byOciName) {
        Map<String, Rlimit> limits = new TreeMap<>();
        byOciName.forEach((name, limit) -> {
            long most = highest.getOrDefault(name, NONE);
            limits.put(name, new Rlimit(lower(limit.soft(), most), lower(limit.hard(), most)));
        });
        return limits;
    }

    /** Raises a score to the lowest this process may set. */
    public int clampOomScoreAdjust(int wanted) {
        return Math.max(wanted, lowestOomScoreAdjust);
    }

    private static boolean above(long value, long limit) {
        return Long.compareUnsigned(value, limit) > 0;
    }

    private static long lower(long a, long b) {
        return above(a, b) ? b : a;
    }
}
