package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container's processes are allowed, as the kernel tells them. */
class HostConfigSecurityAcceptanceTests {

    private static TestEngine engine;

    @TempDir
    Path scratch;

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

    private static String status(String field, String... options) {
        return engine.sh(List.of(options), "grep '^" + field + ":' /proc/self/status | cut -f2");
    }

    @Test
    void capabilities() {
        assertThat(status("CapEff")).isEqualTo("00000000a80425fb");
        assertThat(status("CapBnd", "--cap-drop", "ALL")).isEqualTo("0000000000000000");
        assertThat(status("CapEff", "--cap-drop", "ALL", "--cap-add", "CHOWN")).isEqualTo("0000000000000001");
        assertThat(status("CapInh", "--cap-add", "ALL")).isEqualTo("0000000000000000");
        assertThat(status("CapEff", "--user", "1000", "--cap-add", "NET_ADMIN")).isEqualTo("0000000000000000");
        assertThat(Long.parseUnsignedLong(status("CapEff", "--privileged"), 16)).isGreaterThan(0xa80425fbL);
    }

    @Test
    void filterOfSystemCalls() throws IOException {
        assertThat(status("Seccomp")).isEqualTo("2");
        assertThat(status("Seccomp", "--security-opt", "seccomp=unconfined")).isEqualTo("0");
        assertThat(status("Seccomp", "--privileged")).isEqualTo("0");
        Path profile = scratch.resolve("profile.json");
        Files.writeString(
                profile,
                "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"mkdir\",\"mkdirat\"],"
                        + "\"action\":\"SCMP_ACT_ERRNO\"}]}");
        assertThat(engine.sh(List.of("--security-opt", "seccomp=" + profile), "mkdir /x 2>&1; touch /y && echo made"))
                .contains("Operation not permitted")
                .contains("made");
    }

    @Test
    void privilegesThatCannotBeGained() {
        assertThat(status("NoNewPrivs")).isEqualTo("0");
        assertThat(status("NoNewPrivs", "--security-opt", "no-new-privileges")).isEqualTo("1");
        assertThat(status("NoNewPrivs", "--security-opt", "no-new-privileges=false"))
                .isEqualTo("0");
    }

    @Test
    void pathsOfTheKernel() throws IOException {
        String masked =
                "wc -c </proc/keys; ls /proc/scsi | wc -l; echo x 2>/dev/null >/proc/sys/kernel/hostname || echo ro";
        assertThat(engine.sh(List.of(), masked)).isEqualTo("0\n0\nro");
        assertThat(engine.sh(
                        List.of("--security-opt", "systempaths=unconfined"), "grep -c ' /proc/' /proc/mounts; true"))
                .isEqualTo("0");
        assertThat(engine.shOf(
                        "'HostConfig':{'NetworkMode':'none','MaskedPaths':['/etc/group'],'ReadonlyPaths':['/data']}",
                        "wc -c </etc/group; touch /data/x 2>/dev/null || echo read-only"))
                .isEqualTo("0\nread-only");
        assertThat(engine.sh(List.of("--read-only"), "touch /x 2>&1; echo 1 >/dev/shm/x && echo memory"))
                .contains("Read-only file system")
                .contains("memory");
    }

    @Test
    void groups() {
        assertThat(engine.sh(List.of("--user", "1000:1000", "--group-add", "staff", "--group-add", "4321"), "id -G"))
                .isEqualTo("1000 50 4321");
        assertThat(engine.run(List.of("--group-add", "nobodys"), "true").err())
                .contains("Unable to find group nobodys");
    }

    @Test
    void parametersOfTheKernel() {
        assertThat(engine.sh(
                        List.of("--sysctl", "net.ipv4.ip_forward=1", "--sysctl", "kernel.msgmax=4096"),
                        "cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/msgmax"))
                .isEqualTo("1\n4096");
    }

    /** The label of a process where there is AppArmor; where there is none dockerd takes the option and sets nothing. */
    @Test
    void appArmor() {
        String label =
                "cat /proc/self/attr/apparmor/current 2>/dev/null || cat /proc/self/attr/current 2>/dev/null; true";
        String usual = engine.sh(List.of(), label);
        if (usual.isEmpty() || usual.equals("unconfined")) {
            assertThat(engine.sh(List.of("--security-opt", "apparmor=nonsense"), "echo ran"))
                    .isEqualTo("ran");
            return;
        }
        assertThat(usual).isEqualTo("gantry-default (enforce)");
        assertThat(engine.sh(List.of("--security-opt", "apparmor=unconfined"), label))
                .isEqualTo("unconfined");
        assertThat(engine.sh(List.of("--privileged"), label)).isEqualTo("unconfined");
        assertThat(engine.run(List.of("--security-opt", "apparmor=nonsense"), "true")
                        .err())
                .contains("AppArmor profile nonsense is not loaded");
        assertThat(engine.sh(
                        List.of("--cap-add", "SYS_ADMIN", "--security-opt", "seccomp=unconfined"),
                        "mount -t tmpfs x /tmp 2>&1; true"))
                .containsIgnoringCase("denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"label=disable", "label=type:container_t", "label=user:x", "disable"})
    void labelsWithoutSelinuxAreTakenAsDockerdDoes(String option) throws IOException {
        assertThat(engine.shOf("'HostConfig':{'NetworkMode':'none','SecurityOpt':['" + option + "']}", "echo ran"))
                .isEqualTo("ran");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'SecurityOpt':['nonsense'] | 400 | invalid --security-opt 1: 'nonsense'",
                "'SecurityOpt':['nonsense=1'] | 400 | invalid --security-opt 2: 'nonsense=1'",
                "'SecurityOpt':['no-new-privileges=maybe'] | 400 | invalid --security-opt 2",
                "'SecurityOpt':['seccomp=x'] | 400 | Decoding seccomp profile failed",
                "'CapAdd':['NONSENSE'] | 400 | unknown capability: 'CAP_NONSENSE'",
                "'Sysctls':{'kernel.foo':'1'} | 400 | sysctl 'kernel.foo' is not in a separate kernel namespace",
                "'Sysctls':{'net.core.somaxconn':'1'},'NetworkMode':'host' | 400 | not allowed in host network namespace",
                "'Sysctls':{'kernel.msgmax':'1'},'IpcMode':'host' | 400 | is not allowed in the hosts ipc namespace",
                "'Sysctls':{'kernel.domainname':'x'},'UTSMode':'host' | 400 | is not allowed in the hosts uts namespace",
                "'UsernsMode':'nonsense' | 501 | user namespace mode nonsense"
            })
    void whatCannotBeIsSaid(String fields, int status, String message) throws IOException {
        engine.assertRefused("'HostConfig':{" + fields + "}", status, message);
    }

    /** Runtimes take orders from annotations; see the advisories of engines that handed all of them on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.systemd.property.ExecStartPre",
                "run.oci.hooks.stdout",
                "run.oci.systemd.subgroup",
                "io.kubernetes.cri-o.TrySkipVolumeSELinuxLabel",
                "org.criu.config",
                "io.katacontainers.config.hypervisor.path",
                "dev.gantry.unknown",
                "line\\nbreak",
                ""
            })
    void annotationsByWhichRuntimesTakeOrdersAreRefused(String name) throws IOException {
        engine.assertRefused("'HostConfig':{'Annotations':{'" + name + "':'x'}}", 400, "annotation");
    }

    @Test
    void otherAnnotationsReachTheRuntime() throws IOException {
        TestDaemon daemon = engine.onThisHost();
        String id = engine.docker(
                        "run", "-d", "--annotation", "com.example.owner=me", TestEngine.IMAGE, "sleep", "1000")
                .run()
                .ok();
        try {
            assertThat(Files.readString(
                            daemon.execRoot().resolve("containers").resolve(id).resolve("config.json")))
                    .contains("\"annotations\":{\"com.example.owner\":\"me\"}");
        } finally {
            engine.docker("rm", "-f", id).run();
        }
    }
}
