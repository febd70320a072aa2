package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.client.json.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes what containers may take from the host. */
final class UpdateVerb extends Verb {

    @Option(names = "--blkio-weight", description = "Block IO (relative weight), between 10 and 1000, or 0 to disable")
    int blkioWeight;

    @Option(names = "--cpu-period", description = "Limit CPU CFS (Completely Fair Scheduler) period")
    long cpuPeriod;

    @Option(names = "--cpu-quota", description = "Limit CPU CFS (Completely Fair Scheduler) quota")
    long cpuQuota;

    @Option(names = "--cpu-rt-period", description = "Limit the CPU real-time period in microseconds")
    long cpuRealtimePeriod;

    @Option(names = "--cpu-rt-runtime", description = "Limit the CPU real-time runtime in microseconds")
    long cpuRealtimeRuntime;

    @Option(
            names = {"-c", "--cpu-shares"},
            description = "CPU shares (relative weight)")
    long cpuShares;

    @Option(names = "--cpus", description = "Number of CPUs")
    String cpus = "";

    @Option(names = "--cpuset-cpus", description = "CPUs in which to allow execution (0-3, 0,1)")
    String cpusetCpus = "";

    @Option(names = "--cpuset-mems", description = "MEMs in which to allow execution (0-3, 0,1)")
    String cpusetMems = "";

    @Option(
            names = {"-m", "--memory"},
            description = "Memory limit")
    String memory = "";

    @Option(names = "--memory-reservation", description = "Memory soft limit")
    String memoryReservation = "";

    @Option(names = "--memory-swap", description = "Swap limit equal to memory plus swap: -1 to enable unlimited swap")
    String memorySwap = "";

    @Option(names = "--pids-limit", description = "Tune container pids limit (set -1 for unlimited)")
    @Nullable
    Long pidsLimit;

    @Option(names = "--restart", description = "Restart policy to apply when a container exits")
    String restart = "";

    @Parameters(paramLabel = "CONTAINER")
    List<String> containers = List.of();

    @Override
    int run(Cli cli) {
        Json body = body();
        Set<String> warnings = new LinkedHashSet<>();
        int status = cli.forEach(containers, container -> {
            Json answer = cli.post("/containers/" + segment(container) + "/update", body);
            warnings.addAll(answer.get("Warnings").texts());
            cli.out().print(container + "\n");
            cli.out().flush();
        });
        warnings.forEach(warning -> cli.err().println(warning));
        return status;
    }

    private Json body() {
        Map<String, Object> body = new LinkedHashMap<>();
        numbers(body);
        if (!cpus.isEmpty()) {
            body.put("NanoCpus", OptionValues.nanoCpus(cpus));
        }
        put(body, "CpusetCpus", cpusetCpus);
        put(body, "CpusetMems", cpusetMems);
        size(body, "Memory", memory);
        size(body, "MemoryReservation", memoryReservation);
        size(body, "MemorySwap", memorySwap);
        if (pidsLimit != null) {
            body.put("PidsLimit", pidsLimit);
        }
        if (!restart.isEmpty()) {
            body.put("RestartPolicy", OptionValues.restartPolicy(restart));
        }
        if (body.isEmpty()) {
            throw new CliException(1, "you must provide one or more flags when using this command");
        }
        return Json.of(body);
    }

    private void numbers(Map<String, Object> body) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("BlkioWeight", (long) blkioWeight);
        numbers.put("CpuPeriod", cpuPeriod);
        numbers.put("CpuQuota", cpuQuota);
        numbers.put("CpuRealtimePeriod", cpuRealtimePeriod);
        numbers.put("CpuRealtimeRuntime", cpuRealtimeRuntime);
        numbers.put("CpuShares", cpuShares);
        numbers.values().removeIf(value -> value == 0);
        body.putAll(numbers);
    }

    private static void put(Map<String, Object> body, String name, String value) {
        if (!value.isEmpty()) {
            body.put(name, value);
        }
    }

    private static void size(Map<String, Object> body, String name, String value) {
        if (!value.isEmpty()) {
            body.put(name, OptionValues.size(value));
        }
    }
}
