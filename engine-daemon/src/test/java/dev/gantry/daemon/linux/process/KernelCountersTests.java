package dev.gantry.daemon.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The forms of procfs that counters are read from. */
class KernelCountersTests {

    @Test
    void readsInterfacesAndLeavesTheLoopbackOut() {
        String table = """
                Inter-|   Receive
                 face |bytes
                    lo:  1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0
                  eth0: 736 8 1 2 0 0 0 0 90 3 4 5 0 0 0 0
                eth1:18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
                """;
        assertThat(InterfaceCounters.parse(table))
                .containsOnlyKeys("eth0", "eth1")
                .containsEntry("eth0", new InterfaceCounters(736, 8, 1, 2, 90, 3, 4, 5));
    }

    @Test
    void addsUpTheTimeOfAllProcessors() {
        HostProcessors host = HostProcessors.parse(
                "cpu  10 1 20 100 5 0 3 1 7 7\ncpu0 5 0 10 50 2 0 1 0 0 0\ncpu1 5 1 10 50 3 0 2 1 0 0\nintr 1\ncpux\n");
        assertThat(host.online()).isEqualTo(2);
        assertThat(host.time()).isEqualTo(Duration.ofMillis(1_400));
    }
}
