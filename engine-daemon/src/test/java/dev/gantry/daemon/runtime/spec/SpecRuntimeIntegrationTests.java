package dev.gantry.daemon.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.daemon.runtime.spec.MountSpec.Access;
import dev.gantry.daemon.runtime.spec.MountSpec.Propagation;
import dev.gantry.daemon.type.ContainerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves with the real runtimes that what we write is what they do. Needs root, the runtimes and a static busybox. */
class SpecRuntimeIntegrationTests {

    private static final String CGROUP_PARENT = "gantry-spec-test";
    private static final Path HYBRID = Path.of("/sys/fs/cgroup/unified");
    private static final long TIMEOUT_SECONDS = 60;
    private static final String LOOK_AROUND = """
            echo cap=$(grep CapBnd /proc/self/status | cut -f2) eff=$(grep CapEff /proc/self/status | cut -f2)
            echo inh=$(grep CapInh /proc/self/status | cut -f2) amb=$(grep CapAmb /proc/self/status | cut -f2)
            echo seccomp=$(grep Seccomp: /proc/self/status | cut -f2) uid=$(id -u) host=$(hostname)
            echo interrupts=$(cat /proc/interrupts | wc -c) keys=$(cat /proc/keys | wc -c) firmware=$(ls /sys/firmware | wc -l)
            mount -t tmpfs x /mnt 2>/dev/null && echo mount=yes && umount /mnt || echo mount=no
            echo x > /proc/sys/kernel/domainname 2>/dev/null && echo sysctl=yes || echo sysctl=no
            touch /file 2>/dev/null && echo root=rw || echo root=ro
            touch /dev/shm/file && echo shm=rw
            grep -q ' /sys sysfs ro' /proc/mounts && echo sys=ro || echo sys=rw
            """;

    @TempDir
    Path directory;

    private Path rootfs = Path.of("/");
    private final List<String> containers = new ArrayList<>();

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root to run containers");
        Path busybox = Path.of("/bin/busybox");
        assumeTrue(Files.exists(busybox), "needs a static busybox");
        rootfs = Files.createDirectories(directory.resolve("rootfs"));
        for (String name : List.of("bin", "dev", "etc", "mnt", "proc", "sys", "tmp", "sbin")) {
            Files.createDirectories(rootfs.resolve(name));
        }
        Files.copy(busybox, rootfs.resolve("bin/busybox"));
        for (String applet : List.of(
                "sh",
                "cat",
                "echo",
                "grep",
                "cut",
                "head",
                "wc",
                "ls",
                "mount",
                "touch",
                "id",
                "hostname",
                "true",
                "sleep",
                "ulimit")) {
            Files.createSymbolicLink(rootfs.resolve("bin").resolve(applet), Path.of("busybox"));
        }
    }

    @AfterEach
    void removeCgroups() throws IOException {
        for (String controller : List.of(
                "", "cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio", "pids", "systemd",
                "unified")) {
            Path parent = Path.of("/sys/fs/cgroup", controller, CGROUP_PARENT);
            for (String id : containers) {
                deleteCgroup(parent.resolve(id));
            }
            deleteCgroup(parent);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void defaultContainerIsWalledIn(String runtime) throws Exception {
        String output = run(runtime, LOOK_AROUND, builder -> builder.hostname("box"), Capabilities.DEFAULT);

        assertThat(output)
                .contains("cap=00000000a80425fb eff=00000000a80425fb")
                .contains("inh=0000000000000000 amb=0000000000000000")
                .contains("seccomp=2 uid=0 host=box")
                .contains("interrupts=0 keys=0 firmware=0")
                .contains("mount=no", "sysctl=no", "root=rw", "shm=rw", "sys=ro");
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void privilegedContainerGetsAllThisProcessCanGive(String runtime) throws Exception {
        Capabilities own = Capabilities.ofThisProcess();
        String output = run(
                runtime,
                LOOK_AROUND + "test -c /dev/kmsg && echo kmsg=yes",
                builder -> builder.privileged(HostDevices.all()),
                own.privileged());

        String bounding = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("CapBnd:"))
                .map(line -> line.substring("CapBnd:".length()).strip())
                .findFirst()
                .orElseThrow();
        assertThat(output)
                .contains("cap=" + bounding)
                .contains("seccomp=0")
                .contains("mount=yes", "sys=rw", "kmsg=yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void readonlyRootWithWritableMount(String runtime) throws Exception {
        Path shared = Files.createDirectories(directory.resolve("shared"));
        String output = run(
                runtime,
                LOOK_AROUND + "echo hello > /mnt/file; touch /tmp/x && echo tmp=rw",
                builder -> builder.readonlyRootfs()
                        .mount(MountSpec.bind(shared, "/mnt", Access.READ_WRITE, Propagation.RPRIVATE))
                        .mount(MountSpec.tmpfs("/tmp", List.of("size=1m"))),
                Capabilities.DEFAULT);

        assertThat(output).contains("root=ro", "shm=rw", "tmp=rw", "sys=ro");
        assertThat(shared.resolve("file")).hasContent("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"crun", "runc"})
    void limitsHold(String runtime) throws Exception {
        String output = run(
                runtime,
                "cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null;"
                        + " cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null;"
                        + " cat /proc/sys/net/ipv4/ip_unprivileged_port_start",
                builder -> builder.privateNetworkDefaults()
                        .namespaces(Namespaces.DEFAULT.withCgroup(NamespaceChoice.NEW))
                        .resources(Resources.builder()
                                .memory(64 << 20)
                                .memorySwap(-1)
                                .nanoCpus(500_000_000)
                                .cpuShares(512)
                                .pidsLimit(17)
                                .build()),
                Capabilities.DEFAULT);

        assertThat(output).contains("67108864\n", "17\n", "\n0\n");
    }

    private String run(
            String runtime, String script, UnaryOperator<ContainerSpec.Builder> shape, Set<String> capabilities)
            throws Exception {
        Path binary = Path.of("/usr/bin", runtime);
        assumeTrue(Files.exists(binary) || Files.exists(Path.of("/usr/sbin", runtime)), "needs " + runtime);
        ContainerId id = ContainerId.random(new Random());
        containers.add(id.value());
        ProcessSpec process = SpecFixtures.process(capabilities, 0, "/bin/sh", "-c", script);
        ContainerSpec spec = shape.apply(
                        ContainerSpec.builder(id, process, rootfs, "/" + CGROUP_PARENT + "/" + id.value()))
                .build();
        Path bundle = Files.createDirectories(directory.resolve("bundle"));
        new SpecWriter().write(spec, bundle, Optional.empty());
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>();
        if (runtime.equals("crun") && Files.exists(HYBRID)) {
            // crun refuses a host with both cgroup versions: hide one, in a mount namespace of its own.
            command.addAll(List.of("unshare", "-m", "sh", "-c", "umount " + HYBRID + " && exec \"$@\"", "sh"));
        }
        command.addAll(List.of(
                runtime,
                "--root",
                directory.resolve("state").toString(),
                "run",
                "--bundle",
                bundle.toString(),
                id.value()));
        Process run = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        assertThat(run.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(run.exitValue()).as(text).isZero();
        return text;
    }

    private static void deleteCgroup(Path cgroup) throws IOException {
        try {
            Files.deleteIfExists(cgroup);
        } catch (FileSystemException e) {
            if (Files.exists(cgroup)) {
                throw new UncheckedIOException("The runtime left processes in " + cgroup, e);
            }
        }
    }
}
