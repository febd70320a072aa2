package dev.gantry.daemon.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UsageReaderTests {

    @Test
    void readsTransfersOfVersion2() {
        List<String> lines = List.of("8:0 rbytes=4096 wbytes=512 rios=1 wios=2 dbytes=0 dios=0", "7:1", "bad");
        assertThat(UsageReader.parseIoStat(lines))
                .containsExactly(new BlockCounter(8, 0, "read", 4096), new BlockCounter(8, 0, "write", 512));
    }

    @Test
    void readsTransfersOfVersion1WithoutTheSum() {
        List<String> lines = List.of("8:0 Read 4096", "8:0 Write 0", "Total 4096");
        assertThat(UsageReader.parseCounters(lines))
                .containsExactly(new BlockCounter(8, 0, "Read", 4096), new BlockCounter(8, 0, "Write", 0));
    }

    @Test
    void numbersThatAreNoneAreZeroAndMaxHasNoEnd() {
        assertThat(CgroupFile.parseNumber("max")).isEqualTo(Long.MAX_VALUE);
        assertThat(CgroupFile.parseNumber("")).isZero();
        assertThat(CgroupFile.parseTable("anon 5\nfile 7\nodd\n").values())
                .containsEntry("anon", 5L)
                .containsEntry("file", 7L)
                .hasSize(2);
    }
}
