package dev.gantry.daemon.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.runtime.spec.Resources;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsWriterTests {

    private static final ContainerId ID = new ContainerId("ab".repeat(32));

    @TempDir
    private Path root;

    private Path directory;
    private ContainerCgroup group;

    @BeforeEach
    void makeUnifiedTree() throws IOException {
        CgroupLayout layout =
                CgroupLayout.of(List.of("30 20 0:26 / " + root + " rw,nosuid - cgroup2 cgroup2 rw,nsdelegate"));
        group = layout.group(CgroupDriver.CGROUPFS, Optional.empty(), ID);
        directory = root.resolve("gantry").resolve(ID.value());
        Files.createDirectories(directory);
        for (String file : List.of(
                "memory.max",
                "memory.swap.max",
                "memory.current",
                "memory.low",
                "cpu.max",
                "cpu.weight",
                "pids.max",
                "cpuset.cpus",
                "memory.stat",
                "memory.peak",
                "io.weight")) {
            Files.writeString(directory.resolve(file), "");
        }
    }

    private String written(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    @Test
    void writesOnlyWhatDiffers() throws IOException {
        LimitsWriter.change(
                group,
                Resources.builder().memory(100).memorySwap(200).pidsLimit(5).build(),
                Resources.builder().memory(100).memorySwap(200).pidsLimit(6).build());
        assertThat(written("pids.max")).isEqualTo("6");
        assertThat(written("memory.max")).isEmpty();
    }

    @Test
    void swapIsCountedWithoutMemoryInVersion2() throws IOException {
        LimitsWriter.change(
                group,
                Resources.NONE,
                Resources.builder().memory(100).memorySwap(250).build());
        assertThat(written("memory.max")).isEqualTo("100");
        assertThat(written("memory.swap.max")).isEqualTo("150");
    }

    @Test
    void noSwapLimitIsTheWordMax() throws IOException {
        LimitsWriter.change(
                group,
                Resources.NONE,
                Resources.builder().memory(100).memorySwap(-1).build());
        assertThat(written("memory.swap.max")).isEqualTo("max");
    }

    @Test
    void quotaAndPeriodStandTogether() throws IOException {
        LimitsWriter.change(
                group,
                Resources.NONE,
                Resources.builder().nanoCpus(1_500_000_000L).build());
        assertThat(written("cpu.max")).isEqualTo("150000 100000");
        LimitsWriter.change(group, Resources.builder().nanoCpus(1_500_000_000L).build(), Resources.NONE);
        assertThat(written("cpu.max")).startsWith("max 100000");
    }

    @Test
    void refusesALimitBelowWhatCannotBeReclaimed() throws IOException {
        Files.writeString(directory.resolve("memory.current"), "1000\n");
        Files.writeString(directory.resolve("memory.stat"), "anon 800\nactive_file 100\ninactive_file 100\n");
        Resources small = Resources.builder().memory(700).build();
        assertThatThrownBy(() -> LimitsWriter.change(group, Resources.NONE, small))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("unable to set memory limit to 700 (current usage: 1000");
        LimitsWriter.change(
                group, Resources.NONE, Resources.builder().memory(850).build());
        assertThat(written("memory.max")).isEqualTo("850");
    }

    @Test
    void weightsAreThoseOfTheRuntimes() {
        assertThat(LimitsWriter.weightOfShares(1024)).isEqualTo(39);
        assertThat(LimitsWriter.weightOfShares(2)).isEqualTo(1);
        assertThat(LimitsWriter.weightOfShares(262_144)).isEqualTo(10_000);
        assertThat(LimitsWriter.weightOfBlock(10)).isEqualTo(1);
        assertThat(LimitsWriter.weightOfBlock(1_000)).isEqualTo(10_000);
    }

    @Test
    void namesTheScopeOfSystemdBelowTheLevelsOfItsSlice() {
        assertThat(CgroupLayout.scope("system.slice:gantry:abc")).isEqualTo("/system.slice/gantry-abc.scope");
        assertThat(CgroupLayout.scope("a-b-c.slice:gantry:abc"))
                .isEqualTo("/a.slice/a-b.slice/a-b-c.slice/gantry-abc.scope");
        assertThat(CgroupLayout.scope("-.slice:gantry:abc")).isEqualTo("/gantry-abc.scope");
    }
}
