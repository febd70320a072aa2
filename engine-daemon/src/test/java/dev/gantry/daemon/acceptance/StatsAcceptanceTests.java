package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gantry.api.ContainerStats;
import dev.gantry.api.EngineJson;
import dev.gantry.daemon.acceptance.Command.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What containers are said to use, compared with the kernel's own files. */
class StatsAcceptanceTests {

    private static final String IMAGE = "test/busybox";
    private static final long MIB = 1 << 20;

    private static TestDaemon daemon;
    private static Http http;
    private static String idle;
    private static String busy;
    private static String stopped;

    @BeforeAll
    static void start() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        Needs.program("curl", "to read a stream");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
        http = new Http(daemon);
        idle = docker(
                        "run",
                        "-d",
                        "-m",
                        "64m",
                        "--pids-limit",
                        "30",
                        "--tmpfs",
                        "/t",
                        "--name",
                        "idle",
                        IMAGE,
                        "sh",
                        "-c",
                        "head -c 20000000 /dev/zero >/t/f; sleep 1000 & sleep 1000 & wait")
                .ok();
        busy = docker("run", "-d", "--cpus", "0.2", "--name", "busy", IMAGE, "sh", "-c", "while true; do :; done")
                .ok();
        stopped = docker("create", "--name", "stopped", IMAGE, "true").ok();
    }

    @AfterAll
    static void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    private static Result docker(String... arguments) {
        return daemon.docker(arguments).run();
    }

    private static ContainerStats stats(String id, String query) throws IOException {
        Http.Answer answer = http.get("/containers/" + id + "/stats?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return EngineJson.mapper().readValue(answer.body(), ContainerStats.class);
    }

    @Test
    void memoryAndProcessesAreThoseOfTheCgroup() throws IOException {
        ContainerStats stats = stats(idle, "stream=0&one-shot=1");
        assertThat(stats.memoryStats().limit()).isEqualTo(64 * MIB);
        assertThat(stats.memoryStats().usage()).isBetween(20_000_000L, 64 * MIB);
        Cgroup cgroup = Cgroup.of(idle);
        long now = Long.parseLong(cgroup.read("memory", "memory.usage_in_bytes", "memory.current"));
        assertThat(stats.memoryStats().usage()).isCloseTo(now, within(4 * MIB));
        String file = cgroup.read("memory", "memory.stat", "memory.stat");
        assertThat(stats.memoryStats().stats().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        file.lines().map(l -> l.split(" ", -1)[0]).toList());
        assertThat(stats.pidsStats().current()).isEqualTo(3);
        assertThat(stats.pidsStats().limit()).isEqualTo(30);
        assertThat(stats.name()).isEqualTo("/idle");
        assertThat(stats.id()).isEqualTo(idle);
        assertThat(stats.preRead()).isEqualTo(ContainerStats.NEVER);
        assertThat(stats.preCpuStats().cpuUsage().totalUsage()).isZero();
    }

    @Test
    void processorTimeGrowsByItsQuotaAndThrottlingIsCounted() throws IOException {
        ContainerStats stats = stats(busy, "stream=0");
        long used = stats.cpuStats().cpuUsage().totalUsage()
                - stats.preCpuStats().cpuUsage().totalUsage();
        long host = stats.cpuStats().systemCpuUsage() - stats.preCpuStats().systemCpuUsage();
        double percent = 100.0 * used / host * stats.cpuStats().onlineCpus();
        assertThat(percent).isBetween(1.0, 45.0);
        assertThat(stats.cpuStats().throttlingData().throttledPeriods()).isPositive();
        assertThat(stats.cpuStats().throttlingData().throttledTime()).isPositive();
        assertThat(stats.cpuStats().onlineCpus()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(stats.read()).isGreaterThan(stats.preRead());
    }

    @Test
    void trafficIsThatOfTheContainersOwnInterface() throws IOException {
        docker("exec", busy, "ping", "-c", "3", "-i", "0.2", "-w", "5", gateway())
                .ok();
        ContainerStats stats = stats(busy, "stream=0&one-shot=1");
        assertThat(stats.networks()).containsOnlyKeys("eth0");
        String line = docker("exec", busy, "grep", "eth0", "/proc/net/dev").ok();
        List<String> columns =
                List.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1));
        var eth0 =
                Objects.requireNonNull(Objects.requireNonNull(stats.networks()).get("eth0"));
        assertThat(eth0.txPackets()).isBetween(3L, Long.parseLong(columns.get(9)));
        assertThat(eth0.rxBytes()).isPositive();
    }

    private static String gateway() {
        return docker("inspect", "-f", "{{.NetworkSettings.Gateway}}", busy).ok();
    }

    @Test
    void aContainerThatDoesNotRunUsesNothing() throws IOException {
        ContainerStats stats = stats(stopped, "stream=0");
        assertThat(stats).isEqualTo(ContainerStats.ofStopped("/stopped", stopped));
        assertThat(http.get("/containers/nope/stats?stream=0").status()).isEqualTo(404);
        assertThat(http.get("/containers/" + idle + "/stats?stream=1&one-shot=1")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void dockersTableShowsThem() {
        String all = docker("stats", "-a", "--no-stream", "--format", "{{.Name}} {{.PIDs}} {{.MemUsage}}")
                .ok();
        assertThat(all).contains("idle 3 ", " / 64MiB").contains("busy 1 ").contains("stopped 0 0B / 0B");
        assertThat(docker("stats", "--no-stream", "--format", "{{.Name}}").ok().lines())
                .containsExactlyInAnyOrder("idle", "busy");
    }

    @Test
    void aStreamGoesOnUntilTheContainerIsRemoved() throws Exception {
        String id = docker("run", "-d", IMAGE, "sleep", "1000").ok();
        Process client = new ProcessBuilder(
                        "curl",
                        "-sN",
                        "--unix-socket",
                        daemon.socket().toString(),
                        "http://g/containers/" + id + "/stats")
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            ContainerStats first = EngineJson.mapper().readValue(lines.readLine(), ContainerStats.class);
            ContainerStats second = EngineJson.mapper().readValue(lines.readLine(), ContainerStats.class);
            assertThat(first.preCpuStats().systemCpuUsage()).isZero();
            assertThat(second.preRead()).isEqualTo(first.read());
            docker("kill", id).ok();
            ContainerStats later = second;
            while (later.pidsStats().current() > 0) {
                later = EngineJson.mapper().readValue(lines.readLine(), ContainerStats.class);
            }
            assertThat(later).isEqualTo(ContainerStats.ofStopped(later.name(), id));
            docker("rm", id).ok();
            String line = lines.readLine();
            while (line != null) {
                line = lines.readLine();
            }
        } finally {
            client.destroy();
        }
    }
}
