package dev.gantry.daemon.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.runtime.cgroup.CgroupLayout.Version;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupLayoutTests {

    private static final ContainerId ID = ContainerId.random(new Random(3));

    @TempDir
    Path directory;

    @Test
    void versionFollowsFromTheMounts() {
        String memory = "31 24 0:27 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory";
        String pids = "32 24 0:28 / /sys/fs/cgroup/pids rw,relatime shared:9 - cgroup cgroup rw,pids";
        String named = "33 24 0:29 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd";
        String unified = "34 24 0:30 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw";
        String other = "21 1 254:0 / / rw,relatime - ext4 /dev/root rw";

        assertThat(CgroupLayout.of(List.of(other, memory, pids, named)).version())
                .isEqualTo(Version.V1);
        CgroupLayout hybrid = CgroupLayout.of(List.of(memory, named, unified));
        assertThat(hybrid.version()).isEqualTo(Version.HYBRID);
        assertThat(hybrid.limitsVersion()).isEqualTo(1);
        assertThat(hybrid.hybridMount()).contains(Path.of("/sys/fs/cgroup/unified"));
        assertThat(CgroupLayout.of(List.of(other, named, unified)).version()).isEqualTo(Version.V2);
        assertThatThrownBy(() -> CgroupLayout.of(List.of(other))).isInstanceOf(EngineException.class);
    }

    @Test
    void pathsSuitTheDriver() throws IOException {
        CgroupLayout layout = unified();

        assertThat(layout.pathFor(CgroupDriver.CGROUPFS, Optional.empty(), ID)).isEqualTo("/gantry/" + ID);
        assertThat(layout.pathFor(CgroupDriver.CGROUPFS, Optional.of("team/a"), ID))
                .isEqualTo("/team/a/" + ID);
        assertThat(layout.pathFor(CgroupDriver.CGROUPFS, Optional.of("/../../a"), ID))
                .isEqualTo("/a/" + ID);
        assertThat(layout.pathFor(CgroupDriver.SYSTEMD, Optional.empty(), ID)).isEqualTo("system.slice:gantry:" + ID);
        assertThatThrownBy(() -> layout.pathFor(CgroupDriver.SYSTEMD, Optional.of("/x"), ID))
                .hasMessageContaining("xxx.slice");
    }

    @Test
    void tellsOfKillsUsageAndProcesses() throws IOException {
        CgroupLayout layout = unified();
        Path group = Files.createDirectories(directory.resolve("gantry").resolve(ID.value()));
        Files.writeString(group.resolve("memory.events"), "low 0\nmax 3\noom 2\noom_kill 1\noom_group_kill 0\n");
        Files.writeString(group.resolve("memory.current"), "4096\n");
        Files.writeString(group.resolve("pids.current"), "7\n");

        assertThat(layout.oomKills("/gantry/" + ID)).isEqualTo(1);
        assertThat(layout.memoryUsage("/gantry/" + ID)).contains(4096L);
        assertThat(layout.pids("/gantry/" + ID)).contains(7L);
        assertThat(layout.oomKills("/gantry/none")).isZero();
        assertThat(layout.memoryUsage("/gantry/none")).isEmpty();
    }

    @Test
    void removesOnlyWhatIsItsOwn() throws IOException {
        CgroupLayout layout = unified();
        Path own = Files.createDirectories(
                directory.resolve("gantry").resolve(ID.value()).resolve("init"));
        Path foreign = Files.createDirectories(directory.resolve("other").resolve(ID.value()));

        assertThat(layout.present()).containsExactly(ID);
        assertThat(layout.removeLeftover(ID)).isTrue();
        assertThat(own.getParent()).doesNotExist();
        assertThat(foreign).exists();
        assertThat(layout.present()).isEmpty();
    }

    @Test
    void thisHostCanBeRead() {
        CgroupLayout layout = CgroupLayout.detect();

        assertThat(layout.support().memory()).isTrue();
        assertThat(layout.directory("memory", "/").orElseThrow()).isDirectory();
    }

    private CgroupLayout unified() throws IOException {
        Files.writeString(directory.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
        return CgroupLayout.of(List.of("34 24 0:30 / " + directory + " rw - cgroup2 cgroup2 rw"));
    }
}
