package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container may use, as its own cgroup files and {@code /proc/self/limits} tell it. */
class HostConfigResourcesAcceptanceTests {

    private static TestEngine engine;

    @BeforeAll
    static void start() {
        engine = TestEngine.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (engine != null) {
            engine.close();
        }
    }

    private static String cgroup(List<String> options, String controller, String fileV1, String fileV2) {
        return engine.sh(options, "cat " + engine.cgroupFile(controller, fileV1, fileV2));
    }

    private static String oneOf(String v1, String v2) {
        return engine.hasUnifiedCgroups() ? v2 : v1;
    }

    @Test
    void memory() {
        assertThat(cgroup(List.of("-m", "32m"), "memory", "memory.limit_in_bytes", "memory.max"))
                .isEqualTo("33554432");
        assertThat(cgroup(
                        List.of("-m", "64m", "--memory-reservation", "16m"),
                        "memory",
                        "memory.soft_limit_in_bytes",
                        "memory.low"))
                .isEqualTo("16777216");
    }

    @Test
    void swappinessIsOfCgroupsV1AndWarnedOfElsewhere() {
        Command.Result run = engine.run(
                List.of("--memory-swappiness", "17"), "cat /sys/fs/cgroup/memory/memory.swappiness 2>/dev/null; true");
        if (engine.hasUnifiedCgroups()) {
            assertThat(run.err()).contains("Memory swappiness discarded");
        } else {
            assertThat(run.ok()).isEqualTo("17");
        }
    }

    @Test
    void killingForWantOfMemoryCanBeTurnedOffWhereTheKernelCan() {
        Command.Result run = engine.run(
                List.of("--oom-kill-disable", "-m", "32m"),
                "cat /sys/fs/cgroup/memory/memory.oom_control 2>/dev/null; true");
        if (engine.hasUnifiedCgroups()) {
            assertThat(run.err()).contains("OomKillDisable discarded");
        } else {
            assertThat(run.ok()).contains("oom_kill_disable 1");
        }
    }

    @Test
    void processors() {
        assertThat(cgroup(List.of("--cpu-shares", "512"), "cpu", "cpu.shares", "cpu.weight"))
                .isIn("512", "20", "59");
        assertThat(engine.sh(
                        List.of("--cpus", "0.5"),
                        oneOf(
                                "cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu/cpu.cfs_period_us | xargs",
                                "cat /sys/fs/cgroup/cpu.max")))
                .isEqualTo("50000 100000");
        assertThat(engine.sh(
                        List.of("--cpu-quota", "20000", "--cpu-period", "40000"),
                        oneOf(
                                "cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu/cpu.cfs_period_us | xargs",
                                "cat /sys/fs/cgroup/cpu.max")))
                .isEqualTo("20000 40000");
        assertThat(engine.sh(
                        List.of("--cpuset-cpus", "0", "--cpuset-mems", "0"),
                        "grep -E '^(Cpus|Mems)_allowed_list' /proc/self/status | cut -f2 | xargs"))
                .isEqualTo("0 0");
    }

    @Test
    void processes() {
        assertThat(cgroup(List.of("--pids-limit", "33"), "pids", "pids.max", "pids.max"))
                .isEqualTo("33");
        assertThat(cgroup(List.of("--pids-limit", "-1"), "pids", "pids.max", "pids.max"))
                .isEqualTo("max");
    }

    @Test
    void ratesOfBlockDevices() {
        String device = engine.sh(List.of("--privileged"), "cd /dev; ls vda sda nvme0n1 2>/dev/null | head -1; true");
        assumeTrue(!device.isEmpty(), "needs a block device");
        String rates = engine.sh(
                List.of(
                        "--device-read-bps=/dev/" + device + ":1mb",
                        "--device-write-bps=/dev/" + device + ":2mb",
                        "--device-read-iops=/dev/" + device + ":30",
                        "--device-write-iops=/dev/" + device + ":40"),
                oneOf(
                        "cd /sys/fs/cgroup/blkio; cat blkio.throttle.read_bps_device blkio.throttle.write_bps_device"
                                + " blkio.throttle.read_iops_device blkio.throttle.write_iops_device"
                                + " | cut -d' ' -f2 | xargs",
                        "cut -d' ' -f2- /sys/fs/cgroup/io.max"));
        assertThat(rates).isEqualTo(oneOf("1048576 2097152 30 40", "rbps=1048576 wbps=2097152 riops=30 wiops=40"));
    }

    @Test
    void limitsOfProcesses() {
        assertThat(engine.sh(
                        List.of("--ulimit", "nofile=100:200", "--ulimit", "core=0"),
                        "ulimit -n; ulimit -Hn; ulimit -c"))
                .isEqualTo("100\n200\n0");
        assertThat(engine.sh(List.of("--ulimit", "stack=1048576"), "grep stack /proc/self/limits | tr -s ' '"))
                .isEqualTo("Max stack size 1048576 1048576 bytes");
    }

    @Test
    void scoreForWantOfMemoryAndSharedMemory() {
        assertThat(engine.sh(List.of("--oom-score-adj", "321"), "cat /proc/self/oom_score_adj"))
                .isEqualTo("321");
        assertThat(engine.sh(List.of("--shm-size", "8m"), "df -k /dev/shm | tail -1 | tr -s ' ' | cut -d' ' -f2"))
                .isEqualTo("8192");
    }

    @Test
    void groupIsWhereItsParentIs() throws IOException {
        TestDaemon daemon = engine.onThisHost();
        String parent = "gantry-test-" + daemon.execRoot().getFileName();
        try {
            String path = engine.sh(List.of("--cgroup-parent", "/" + parent, "--pid=host"), "cat /proc/self/cgroup");
            assertThat(path).contains("/" + parent + "/");
        } finally {
            HostState.removeGroup(parent);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Memory':1000 | 400 | Minimum memory limit allowed is 6MB",
                "'MemoryReservation':1000 | 400 | Minimum memory reservation allowed is 6MB",
                "'CpuShares':1 | 400 | the minimum allowed cpu-shares is 2",
                "'CpusetCpus':'999' | 400 | Requested CPUs are not available - requested 999, available: 0",
                "'CpusetMems':'99' | 400 | Requested memory nodes are not available - requested 99, available: 0",
                "'CpusetCpus':'x' | 400 | Invalid value x for cpuset cpus: invalid format: x",
                "'BlkioDeviceWriteBps':[{'Path':'/dev/nope','Rate':1}] | 400 | stat /dev/nope: no such file or directory",
                "'CpuRealtimePeriod':10,'CpuRealtimeRuntime':20 | 400 | cpu real-time runtime cannot be higher",
                "'IOMaximumIOps':1 | 400 | linux does not support Maximum IO Bandwidth or Maximum IO IOps",
                "'StorageOpt':{'size':'1G'} | 500 | --storage-opt is supported only for overlay over xfs with 'pquota'",
                "'StorageOpt':{'colour':'1'} | 400 | Unknown option colour",
                "'Ulimits':[{'Name':'nonsense','Soft':1,'Hard':1}] | 400 | invalid ulimit type: nonsense",
                "'Isolation':'hyperv' | 400 | Invalid isolation: 'hyperv' - linux only supports 'default'",
                "'Annotations':{'dev.gantry.hugepages-2MB':'many'} | 400 | not a number of bytes",
            })
    void whatCannotBeIsSaid(String fields, int status, String message) throws IOException {
        engine.assertRefused("'HostConfig':{" + fields + "}", status, message);
    }

    /** Removed from the kernel, from Windows, or only ever a note: dockerd takes these and does nothing. */
    @Test
    void whatDockerdIgnoresIsIgnored() throws IOException {
        String fields = "'HostConfig':{'NetworkMode':'none','KernelMemory':1,'KernelMemoryTCP':8388608,'CpuCount':3,"
                + "'Cgroup':'x','ContainerIDFile':'/x','Isolation':'default'}";
        assertThat(engine.shOf(fields, "echo ran")).isEqualTo("ran");
        Http.Answer percent = engine.create("'HostConfig':{'CpuPercent':3}", "true");
        assertThat(percent.body()).contains("linux does not support CPU percent. Percent discarded.");
        engine.docker("rm", percent.id()).run().ok();
    }

    @Test
    void hugePagesAreLimitedByAnAnnotation() throws IOException {
        String fields = "'HostConfig':{'NetworkMode':'none','Annotations':{'dev.gantry.hugepages-2MB':'4194304'}}";
        Http.Answer made =
                engine.create(fields, "cat /sys/fs/cgroup/hugetlb.2MB.max /sys/fs/cgroup/hugetlb/*2MB.limit*");
        if (made.status() == 400) {
            assertThat(made.body()).contains("no hugetlb cgroup");
            return;
        }
        try {
            engine.docker("start", "-a", made.id()).run();
            assertThat(engine.docker("logs", made.id()).run().out()).contains("4194304");
        } finally {
            engine.docker("rm", "-f", made.id()).run();
        }
    }
}
