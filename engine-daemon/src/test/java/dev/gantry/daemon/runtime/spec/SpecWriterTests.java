package dev.gantry.daemon.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.runtime.spec.MountSpec.Access;
import dev.gantry.daemon.runtime.spec.MountSpec.Propagation;
import dev.gantry.daemon.runtime.spec.SeccompRule.KernelVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpecWriterTests {

    private final SpecWriter writer = new SpecWriter(new SeccompProfile.Host("amd64", new KernelVersion(6, 1)));

    @Test
    void defaultContainerHasMobysMountsDevicesAndPaths() {
        JsonNode spec = write(SpecFixtures.container("true").build());

        assertThat(destinations(spec))
                .containsExactly("/proc", "/dev", "/dev/pts", "/sys", "/sys/fs/cgroup", "/dev/mqueue", "/dev/shm");
        assertThat(mount(spec, "/dev").path("options").toString())
                .isEqualTo("[\"nosuid\",\"strictatime\",\"mode=755\",\"size=65536k\"]");
        assertThat(mount(spec, "/dev/shm").path("options").toString()).contains("size=67108864");
        assertThat(mount(spec, "/sys").path("options").toString()).contains("\"ro\"");
        assertThat(spec.at("/linux/resources/devices")).hasSize(8);
        assertThat(spec.at("/linux/resources/devices/0").toString()).isEqualTo("{\"allow\":false,\"access\":\"rwm\"}");
        assertThat(spec.at("/linux/maskedPaths").toString()).contains("/proc/kcore", "/proc/interrupts");
        assertThat(spec.at("/linux/readonlyPaths").toString()).contains("/proc/sysrq-trigger");
        assertThat(spec.at("/linux/namespaces").toString())
                .isEqualTo("[{\"type\":\"mount\"},{\"type\":\"network\"},{\"type\":\"uts\"},{\"type\":\"pid\"},"
                        + "{\"type\":\"ipc\"}]");
        assertThat(spec.at("/linux/seccomp/defaultAction").asString()).isEqualTo("SCMP_ACT_ERRNO");
        assertThat(spec.at("/process/capabilities/bounding")).hasSize(14);
        assertThat(spec.at("/process/capabilities/inheritable").isMissingNode()).isTrue();
    }

    @Test
    void privilegedContainerHasNoWalls() {
        JsonNode spec = write(SpecFixtures.container("true")
                .privileged(List.of(new DeviceNode("/dev/kmsg", DeviceNode.Kind.CHARACTER, 1, 11, 0644, 0, 0)))
                .build());

        assertThat(spec.at("/linux/seccomp").isMissingNode()).isTrue();
        assertThat(spec.at("/linux/maskedPaths").isMissingNode()).isTrue();
        assertThat(spec.at("/linux/readonlyPaths").isMissingNode()).isTrue();
        assertThat(mount(spec, "/sys").path("options").toString()).doesNotContain("\"ro\"");
        assertThat(mount(spec, "/sys/fs/cgroup").path("options").toString()).doesNotContain("\"ro\"");
        assertThat(spec.at("/linux/devices/0/path").asString()).isEqualTo("/dev/kmsg");
        assertThat(spec.at("/linux/resources/devices/8").toString()).isEqualTo("{\"allow\":true,\"access\":\"rwm\"}");
    }

    @Test
    void readonlyRootKeepsTheContainersOwnStateWritable() {
        JsonNode spec = write(SpecFixtures.container("true").readonlyRootfs().build());

        assertThat(spec.at("/root/readonly").asBoolean()).isTrue();
        assertThat(mount(spec, "/dev/shm").path("options").toString()).doesNotContain("\"ro\"");
        assertThat(mount(spec, "/proc").path("options").toString()).doesNotContain("\"ro\"");
    }

    @Test
    void usersMountsReplaceDefaultsAndOuterOnesComeFirst() {
        JsonNode spec = write(SpecFixtures.container("true")
                .mount(MountSpec.bind(Path.of("/srv/b"), "/data/b", Access.READ_ONLY, Propagation.RPRIVATE))
                .mount(MountSpec.bind(Path.of("/srv"), "/data", Access.READ_WRITE, Propagation.RSLAVE))
                .mount(MountSpec.tmpfs("/dev/shm", List.of("size=1m", "exec")))
                .build());

        assertThat(destinations(spec))
                .containsExactly(
                        "/proc",
                        "/dev",
                        "/dev/pts",
                        "/sys",
                        "/sys/fs/cgroup",
                        "/dev/mqueue",
                        "/data",
                        "/data/b",
                        "/dev/shm");
        assertThat(mount(spec, "/data/b").path("options").toString()).isEqualTo("[\"rbind\",\"ro\",\"rprivate\"]");
        assertThat(mount(spec, "/dev/shm").path("options").toString())
                .isEqualTo("[\"nosuid\",\"nodev\",\"size=1m\",\"exec\"]");
        assertThat(spec.at("/linux/rootfsPropagation").asString()).isEqualTo("rslave");
    }

    @Test
    void ownDevTakesAllDefaultMountsBelowItAway() {
        JsonNode spec = write(SpecFixtures.container("true")
                .mount(MountSpec.bind(Path.of("/dev"), "/dev", Access.READ_WRITE, Propagation.RPRIVATE))
                .build());

        assertThat(destinations(spec)).containsExactly("/proc", "/sys", "/sys/fs/cgroup", "/dev");
    }

    @Test
    void namespacesCanBeSharedAndJoined() {
        JsonNode spec = write(SpecFixtures.container("true")
                .namespaces(Namespaces.DEFAULT
                        .withPid(NamespaceChoice.HOST)
                        .withNetwork(NamespaceChoice.join(Path.of("/run/ns/x")))
                        .withCgroup(NamespaceChoice.NEW))
                .build());

        assertThat(spec.at("/linux/namespaces").toString())
                .isEqualTo("[{\"type\":\"mount\"},{\"type\":\"network\",\"path\":\"/run/ns/x\"},{\"type\":\"uts\"},"
                        + "{\"type\":\"ipc\"},{\"type\":\"cgroup\"}]");
    }

    @Test
    void limitsAreWrittenWhereSet() {
        JsonNode resources = write(SpecFixtures.container("true")
                        .resources(Resources.builder()
                                .memory(64 << 20)
                                .memorySwap(-1)
                                .nanoCpus(1_500_000_000)
                                .cpuset("0-1", "")
                                .pidsLimit(20)
                                .blkioWeight(300)
                                .unified(Map.of("memory.high", "1000000"))
                                .build())
                        .build())
                .at("/linux/resources");

        assertThat(resources.path("memory").toString()).isEqualTo("{\"limit\":67108864,\"swap\":-1}");
        assertThat(resources.path("cpu").toString()).isEqualTo("{\"quota\":150000,\"period\":100000,\"cpus\":\"0-1\"}");
        assertThat(resources.path("pids").toString()).isEqualTo("{\"limit\":20}");
        assertThat(resources.path("blockIO").toString()).isEqualTo("{\"weight\":300}");
        assertThat(resources.path("unified").toString()).isEqualTo("{\"memory.high\":\"1000000\"}");
    }

    @Test
    void ordinaryUserHasNoEffectiveCapabilities() {
        ProcessSpec process = SpecFixtures.process(Capabilities.DEFAULT, 1000, "true");

        JsonNode capabilities =
                JsonMapper.shared().readTree(SpecWriter.toJson(process)).path("capabilities");

        assertThat(capabilities.path("bounding")).hasSize(14);
        assertThat(capabilities.path("effective").isMissingNode()).isTrue();
        assertThat(capabilities.path("permitted").isMissingNode()).isTrue();
    }

    @Test
    void initIsMountedAndPutInFront() {
        JsonNode spec = write(SpecFixtures.container("sh", "-c", "x")
                .init(Path.of("/usr/bin/tini"))
                .build());

        assertThat(spec.at("/process/args").toString()).isEqualTo("[\"/sbin/docker-init\",\"--\",\"sh\",\"-c\",\"x\"]");
        assertThat(mount(spec, "/sbin/docker-init").path("source").asString()).isEqualTo("/usr/bin/tini");
    }

    private JsonNode write(ContainerSpec spec) {
        return JsonMapper.shared().readTree(writer.toJson(spec));
    }

    private static List<String> destinations(JsonNode spec) {
        return StreamSupport.stream(spec.path("mounts").spliterator(), false)
                .map(mount -> mount.path("destination").asString())
                .toList();
    }

    private static JsonNode mount(JsonNode spec, String destination) {
        return StreamSupport.stream(spec.path("mounts").spliterator(), false)
                .filter(mount -> mount.path("destination").asString().equals(destination))
                .findFirst()
                .orElseThrow();
    }
}
