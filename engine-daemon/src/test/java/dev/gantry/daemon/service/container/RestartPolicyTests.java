package dev.gantry.daemon.service.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPolicyTests {

    @ParameterizedTest
    @CsvSource({
        "'', 0, 1, 0, false",
        "no, 0, 1, 0, false",
        "always, 0, 0, 99, true",
        "unless-stopped, 0, 1, 99, true",
        "on-failure, 0, 0, 0, false",
        "on-failure, 0, 1, 99, true",
        "on-failure, 2, 1, 1, true",
        "on-failure, 2, 1, 2, false"
    })
    void whichEndsAreFollowedByAStart(String name, int maximum, int exitCode, int restarts, boolean again) {
        assertThat(RestartPolicy.of(name, maximum).restartsAfter(exitCode, restarts))
                .isEqualTo(again);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sometimes | 0 | invalid restart policy: unknown policy 'sometimes'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
                "always | 3 | invalid restart policy: maximum retry count can only be used with 'on-failure'",
                "no | -3 | invalid restart policy: maximum retry count can only be used with 'on-failure' and cannot be negative",
                "on-failure | -1 | invalid restart policy: maximum retry count cannot be negative"
            })
    void whatCannotBe(String name, int maximum, String message) {
        assertThatThrownBy(() -> RestartPolicy.of(name, maximum)).hasMessage(message);
    }

    @Test
    void delaysDoubleUpToAMinuteAndBeginAnewAfterALongRun() {
        Backoff backoff = new Backoff();
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            delays.add(backoff.next(Duration.ofMillis(9_999)).toMillis());
        }
        assertThat(delays)
                .containsExactly(
                        100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 12_800L, 25_600L, 51_200L, 60_000L, 60_000L);
        assertThat(backoff.next(Duration.ofSeconds(10))).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.next(Duration.ZERO)).isEqualTo(Duration.ofMillis(200));
        backoff.reset();
        assertThat(backoff.next(Duration.ZERO)).isEqualTo(Duration.ofMillis(100));
    }
}
