package dev.gantry.daemon.linux.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MountTableTests {

    @Test
    void readsTheKernelsTable() {
        MountTable table = MountTable.parse("""
                22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
                30 22 0:5 /sub /a\\040b\\303\\244 rw master:3 propagate_from:2 - tmpfs tmpfs rw,size=5k
                31 30 0:6 / /a\\040b\\303\\244/c ro - overlay overlay ro,lowerdir=x
                nonsense
                """);
        assertThat(table.entries()).hasSize(3);
        assertThat(table.at(Path.of("/")).orElseThrow().isShared()).isTrue();
        MountTable.Entry second = table.entries().get(1);
        assertThat(second.target()).isEqualTo("/a b\u00e4");
        assertThat(second.root()).isEqualTo("/sub");
        assertThat(second.isShared()).isFalse();
        assertThat(second.propagation()).containsExactly("master:3", "propagate_from:2");
        assertThat(second.superOptions()).contains("size=5k");
        assertThat(table.below(Path.of("/a b\u00e4")))
                .extracting(MountTable.Entry::id)
                .containsExactly(31, 30);
        assertThat(table.isMountPoint(Path.of("/a"))).isFalse();
    }
}
