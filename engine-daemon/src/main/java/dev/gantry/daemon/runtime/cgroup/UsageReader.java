package dev.gantry.daemon.runtime.cgroup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads what a container's cgroup uses, in either version. Made once for a container that is looked at again and again.
 * What the kernel does not tell, or no longer, is zero. Safe for use by many threads.
 */
public final class UsageReader {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_TICK = 10_000_000;
    /** Version 1 says "no limit" with the largest number of whole pages. */
    private static final long NO_LIMIT = Long.MAX_VALUE - (1 << 20);

    private static final Path NOWHERE = Path.of("/nonexistent");

    private final boolean unified;
    private final Path cpu;
    private final Path cpuacct;
    private final Path memory;
    private final Path pids;
    private final Path block;
    private final Path blockBytes;
    private final Path blockOperations;

    public UsageReader(ContainerCgroup group) {
        unified = group.isUnified();
        cpu = group.directory("cpu").orElse(NOWHERE);
        cpuacct = group.directory("cpuacct").orElse(NOWHERE);
        memory = group.directory("memory").orElse(NOWHERE);
        pids = group.directory("pids").orElse(NOWHERE);
        block = group.directory("blkio").orElse(NOWHERE);
        blockBytes = first("blkio.throttle.io_service_bytes_recursive", "blkio.throttle.io_service_bytes");
        blockOperations = first("blkio.throttle.io_serviced_recursive", "blkio.throttle.io_serviced");
    }

    private Path first(String name, String other) {
        Path file = block.resolve(name);
        return Files.exists(file) ? file : block.resolve(other);
    }

    public CgroupUsage read() {
        long limit = CgroupFile.number(pids.resolve("pids.max"));
        return new CgroupUsage(
                unified ? processor2() : processor1(),
                unified ? memory2() : memory1(),
                unified ? parseIoStat(CgroupFile.lines(block.resolve("io.stat"))) : counters(blockBytes),
                unified ? List.of() : counters(blockOperations),
                CgroupFile.number(pids.resolve("pids.current")),
                limit == 0 || limit >= NO_LIMIT ? OptionalLong.empty() : OptionalLong.of(limit));
    }

    private ProcessorUsage processor1() {
        CgroupFile.Table times = CgroupFile.table(cpuacct.resolve("cpuacct.stat"));
        CgroupFile.Table throttling = CgroupFile.table(cpu.resolve("cpu.stat"));
        return new ProcessorUsage(
                CgroupFile.number(cpuacct.resolve("cpuacct.usage")),
                times.value("user") * NANOS_PER_TICK,
                times.value("system") * NANOS_PER_TICK,
                numbers(CgroupFile.text(cpuacct.resolve("cpuacct.usage_percpu"))),
                throttling.value("nr_periods"),
                throttling.value("nr_throttled"),
                throttling.value("throttled_time"));
    }

    private ProcessorUsage processor2() {
        CgroupFile.Table stat = CgroupFile.table(cpu.resolve("cpu.stat"));
        return new ProcessorUsage(
                stat.value("usage_usec") * NANOS_PER_MICRO,
                stat.value("user_usec") * NANOS_PER_MICRO,
                stat.value("system_usec") * NANOS_PER_MICRO,
                List.of(),
                stat.value("nr_periods"),
                stat.value("nr_throttled"),
                stat.value("throttled_usec") * NANOS_PER_MICRO);
    }

    private MemoryUsage memory1() {
        return new MemoryUsage(
                CgroupFile.number(memory.resolve("memory.usage_in_bytes")),
                OptionalLong.of(CgroupFile.number(memory.resolve("memory.max_usage_in_bytes"))),
                CgroupFile.number(memory.resolve("memory.failcnt")),
                limit(CgroupFile.number(memory.resolve("memory.limit_in_bytes"))),
                CgroupFile.table(memory.resolve("memory.stat")).values());
    }

    private MemoryUsage memory2() {
        return new MemoryUsage(
                CgroupFile.number(memory.resolve("memory.current")),
                OptionalLong.empty(),
                CgroupFile.table(memory.resolve("memory.events")).value("oom"),
                limit(CgroupFile.number(memory.resolve("memory.max"))),
                CgroupFile.table(memory.resolve("memory.stat")).values());
    }

    private static OptionalLong limit(long value) {
        return value == 0 || value >= NO_LIMIT ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static List<Long> numbers(String text) {
        List<Long> numbers = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            if (!word.isEmpty()) {
                numbers.add(CgroupFile.parseNumber(word));
            }
        }
        return numbers;
    }

    private static List<BlockCounter> counters(Path file) {
        return parseCounters(CgroupFile.lines(file));
    }

    /** Lines of version 1: {@code 8:0 Read 4096}, and a sum without a device. */
    static List<BlockCounter> parseCounters(List<String> lines) {
        List<BlockCounter> counters = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            int colon = words[0].indexOf(':');
            if (words.length == 3 && colon > 0) {
                counters.add(counter(words[0], colon, words[1], words[2]));
            }
        }
        return counters;
    }

    /** Lines of version 2: {@code 8:0 rbytes=4096 wbytes=0 rios=1 …}. */
    static List<BlockCounter> parseIoStat(List<String> lines) {
        List<BlockCounter> counters = new ArrayList<>();
        Map<String, String> wanted = Map.of("rbytes", "read", "wbytes", "write");
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            int colon = words[0].indexOf(':');
            for (int i = 1; i < words.length && colon > 0; i++) {
                String[] pair = words[i].split("=", 2);
                String operation = wanted.get(pair[0]);
                if (operation != null && pair.length == 2) {
                    counters.add(counter(words[0], colon, operation, pair[1]));
                }
            }
        }
        return counters;
    }

    private static BlockCounter counter(String device, int colon, String operation, String value) {
        return new BlockCounter(
                Integer.parseInt(device.substring(0, colon)),
                Integer.parseInt(device.substring(colon + 1)),
                operation,
                CgroupFile.parseNumber(value));
    }
}
