package dev.gantry.daemon.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.runtime.spec.ProcessSpec.Rlimit;
import dev.gantry.daemon.type.EngineException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessLimitsTests {

    private final ProcessLimits limits = ProcessLimits.of(Map.of("RLIMIT_NOFILE", 20_000L, "RLIMIT_CORE", -1L), -500);

    @Test
    void defaultsAreLoweredToWhatMayBeSet() {
        Map<String, Rlimit> clamped =
                limits.clamp(Map.of("RLIMIT_NOFILE", new Rlimit(1024, 524_288), "RLIMIT_CORE", new Rlimit(-1, -1)));

        assertThat(clamped)
                .containsEntry("RLIMIT_NOFILE", new Rlimit(1024, 20_000))
                .containsEntry("RLIMIT_CORE", new Rlimit(-1, -1));
    }

    @Test
    void requestsWithinTheLimitAreTakenAsTheyAre() {
        assertThat(limits.requested(Map.of("nofile", new Rlimit(5, 10), "core", new Rlimit(0, -1))))
                .containsEntry("RLIMIT_NOFILE", new Rlimit(5, 10))
                .containsEntry("RLIMIT_CORE", new Rlimit(0, -1));
    }

    @Test
    void requestAboveTheLimitIsRefusedWithBothNumbers() {
        assertThatThrownBy(() -> limits.requested(Map.of("nofile", new Rlimit(10, 30_000))))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("nofile", "30000", "20000");
        assertThatThrownBy(() -> limits.requested(Map.of("nofile", new Rlimit(-1, -1))))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> limits.requested(Map.of("flights", new Rlimit(1, 1))))
                .hasMessage("invalid ulimit type: flights");
        assertThatThrownBy(() -> limits.requested(Map.of("nofile", new Rlimit(2, 1))))
                .hasMessage("ulimit soft limit must be less than or equal to hard limit: 2 > 1");
    }

    @Test
    void scoreIsNotLoweredBelowOurOwn() {
        assertThat(limits.clampOomScoreAdjust(-900)).isEqualTo(-500);
        assertThat(limits.clampOomScoreAdjust(100)).isEqualTo(100);
    }

    @Test
    void ownLimitsCanBeRead() {
        ProcessLimits own = ProcessLimits.ofThisProcess();

        assertThat(own.clamp(Map.of("RLIMIT_NOFILE", new Rlimit(10, 20))))
                .containsEntry("RLIMIT_NOFILE", new Rlimit(10, 20));
        assertThat(own.clampOomScoreAdjust(1000)).isEqualTo(1000);
    }
}
