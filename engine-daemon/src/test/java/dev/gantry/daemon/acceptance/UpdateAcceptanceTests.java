package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.acceptance.Command.Result;
import java.io.IOException;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Changes of containers' limits: what the cgroup says afterwards, what is refused, and what the next start makes of it. */
class UpdateAcceptanceTests {

    private static final String IMAGE = "test/busybox";
    private static final long MIB = 1 << 20;

    private static TestDaemon daemon;
    private static Http http;

    @BeforeAll
    static void start() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
        http = new Http(daemon);
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

    private static String started(String... options) {
        String[] line = new String[options.length + 5];
        line[0] = "run";
        line[1] = "-d";
        System.arraycopy(options, 0, line, 2, options.length);
        line[options.length + 2] = IMAGE;
        line[options.length + 3] = "sleep";
        line[options.length + 4] = "1000";
        return docker(line).ok();
    }

    private static Http.Answer update(String id, String json) throws IOException {
        return http.post("/containers/" + id + "/update", json);
    }

    private static String memory(String id) {
        return Cgroup.of(id).read("memory", "memory.limit_in_bytes", "memory.max");
    }

    /** Of memory and swap together on version 1, of swap alone on version 2. */
    private static String swap(String id) {
        return Cgroup.of(id).read("memory", "memory.memsw.limit_in_bytes", "memory.swap.max");
    }

    private static String inspected(String id, String field) {
        return docker("inspect", "-f", "{{.HostConfig." + field + "}}", id).ok();
    }

    @Test
    void memoryAndSwapGrowAndShrinkLive() {
        String id = started("-m", "64m");
        docker("update", "-m", "200m", "--memory-swap", "300m", id).ok();
        assertThat(memory(id)).isEqualTo(Long.toString(200 * MIB));
        assertThat(swap(id)).isEqualTo(Long.toString((Cgroup.isUnified() ? 100 : 300) * MIB));
        docker("update", "-m", "32m", "--memory-swap", "32m", id).ok();
        assertThat(memory(id)).isEqualTo(Long.toString(32 * MIB));
        assertThat(swap(id)).isEqualTo(Long.toString(Cgroup.isUnified() ? 0 : 32 * MIB));
        assertThat(inspected(id, "Memory")).isEqualTo(memory(id));
        docker("rm", "-f", id).ok();
    }

    @Test
    void allOtherLimitsReachTheCgroup() {
        String id = started();
        docker("update", "--memory-reservation", "16m", "--cpu-shares", "2048", "--cpuset-cpus", "0", id)
                .ok();
        docker("update", "--pids-limit", "77", "--cpu-period", "50000", "--cpu-quota", "25000", id)
                .ok();
        Cgroup cgroup = Cgroup.of(id);
        assertThat(cgroup.read("memory", "memory.soft_limit_in_bytes", "memory.low"))
                .isEqualTo(Long.toString(16 * MIB));
        assertThat(cgroup.read("cpu", "cpu.shares", "cpu.weight")).isEqualTo(Cgroup.isUnified() ? "79" : "2048");
        assertThat(cgroup.read("cpuset", "cpuset.cpus", "cpuset.cpus")).isEqualTo("0");
        assertThat(cgroup.read("pids", "pids.max", "pids.max")).isEqualTo("77");
        assertThat(cgroup.read("cpu", "cpu.cfs_quota_us", "cpu.max"))
                .isEqualTo(Cgroup.isUnified() ? "25000 50000" : "25000");
        docker("update", "--pids-limit", "-1", id).ok();
        assertThat(cgroup.read("pids", "pids.max", "pids.max")).isEqualTo("max");
        docker("rm", "-f", id).ok();
    }

    @Test
    void cpusBecomeAQuota() {
        String id = started("--cpus", "1");
        docker("update", "--cpus", "0.5", id).ok();
        assertThat(Cgroup.of(id).read("cpu", "cpu.cfs_quota_us", "cpu.max"))
                .isEqualTo(Cgroup.isUnified() ? "50000 100000" : "50000");
        assertThat(docker("update", "--cpu-quota", "20000", id).err())
                .contains("CPU Quota cannot be updated as NanoCPUs has already been set");
        docker("rm", "-f", id).ok();
    }

    @Test
    void aStoppedContainerTakesTheNewLimitsAtItsStartAndSoDoesOneAfterACrash() throws IOException {
        String id = started("-m", "64m");
        docker("kill", id).ok();
        docker("update", "-m", "48m", "--memory-swap", "48m", "--pids-limit", "55", id)
                .ok();
        daemon.kill();
        daemon.launch();
        docker("start", id).ok();
        assertThat(memory(id)).isEqualTo(Long.toString(48 * MIB));
        assertThat(Cgroup.of(id).read("pids", "pids.max", "pids.max")).isEqualTo("55");
        docker("update", "-m", "40m", id).ok();
        docker("restart", "-t", "0", id).ok();
        assertThat(memory(id)).isEqualTo(Long.toString(40 * MIB));
        docker("rm", "-f", id).ok();
    }

    @Test
    void whatGoesAgainstWhatIsSetIsAConflictInDockersWords() throws IOException {
        String id = started();
        Http.Answer answer = update(id, "{\"Memory\":67108864}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body())
                .contains("Cannot update container " + id + ": Memory limit should be smaller than already set"
                        + " memoryswap limit, update the memoryswap at the same time");
        assertThat(update(id, "{\"Memory\":67108864,\"MemorySwap\":-1}").status())
                .isEqualTo(200);
        assertThat(memory(id)).isEqualTo(Long.toString(64 * MIB));
        docker("rm", "-f", id).ok();
    }

    @Test
    void whatIsNoLimitIsRefusedAndChangesNothing() throws IOException {
        String id = started("-m", "64m", "--pids-limit", "9");
        assertThat(update(id, "{\"Memory\":1048576}").body()).contains("Minimum memory limit allowed is 6MB");
        assertThat(update(id, "{\"CpuPeriod\":5,\"PidsLimit\":3}").status()).isEqualTo(400);
        assertThat(update(id, "{\"RestartPolicy\":{\"Name\":\"foo\"}}").body())
                .contains("invalid restart policy: unknown policy 'foo'");
        assertThat(update(id, "{\"RestartPolicy\":{\"Name\":\"always\",\"MaximumRetryCount\":3}}")
                        .body())
                .contains("maximum retry count can only be used with 'on-failure'");
        assertThat(update(id, "{").status()).isEqualTo(400);
        assertThat(update("nope", "{}").status()).isEqualTo(404);
        assertThat(update(id, "{}").body()).contains("{\"Warnings\":null}");
        assertThat(memory(id)).isEqualTo(Long.toString(64 * MIB));
        assertThat(Cgroup.of(id).read("pids", "pids.max", "pids.max")).isEqualTo("9");
        docker("rm", "-f", id).ok();
    }

    @Test
    void memoryInUseIsNotTakenAway() throws IOException {
        String id = docker(
                        "run",
                        "-d",
                        "-m",
                        "128m",
                        "--memory-swap",
                        "128m",
                        "--pids-limit",
                        "50",
                        "--tmpfs",
                        "/t",
                        IMAGE,
                        "sh",
                        "-c",
                        "head -c 60000000 /dev/zero >/t/f; touch /t/done; sleep 1000")
                .ok();
        Awaitility.await().until(() -> docker("exec", id, "ls", "/t/done").exit() == 0);
        Http.Answer answer = update(id, "{\"Memory\":16777216,\"MemorySwap\":16777216,\"PidsLimit\":60}");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("unable to set memory limit to 16777216 (current usage: ");
        assertThat(memory(id)).isEqualTo(Long.toString(128 * MIB));
        assertThat(inspected(id, "Memory")).isEqualTo(memory(id));
        assertThat(inspected(id, "PidsLimit")).isEqualTo("50");
        assertThat(docker("inspect", "-f", "{{.State.Running}}", id).ok()).isEqualTo("true");
        docker("rm", "-f", id).ok();
    }

    @Test
    void aChangeIsAnEvent() throws IOException {
        String id = started();
        docker("update", "--pids-limit", "20", id).ok();
        assertThat(http.get("/events?since=1&until=" + Instant.now() + "&filters={\"container\":[\"" + id + "\"]}")
                        .body())
                .contains("\"Action\":\"update\"");
        docker("rm", "-f", id).ok();
    }
}
