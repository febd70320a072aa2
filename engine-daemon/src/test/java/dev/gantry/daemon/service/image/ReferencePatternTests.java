package dev.gantry.daemon.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.registry.ImageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencePatternTests {

    @ParameterizedTest
    @CsvSource({
        "busybox, true",
        "busybox:1.36, true",
        "busybox:*, true",
        "busy*, true",
        "*, true",
        "busyb?x, true",
        "busyb[a-o]x, true",
        "busyb[^a-o]x, false",
        "busybox:2, false",
        "docker.io/library/busybox, false",
        "busy, false",
        "b.sybox, false"
    })
    void matchesTheNamePeopleWrite(String pattern, boolean expected) {
        ImageReference reference = ImageReference.parse("busybox:1.36");

        assertThat(ReferencePattern.parse(pattern).matches(reference)).isEqualTo(expected);
    }

    @Test
    void starsDoNotCrossSlashes() {
        ImageReference reference = ImageReference.parse("localhost:5000/lab/app:1");

        assertThat(ReferencePattern.parse("*").matches(reference)).isFalse();
        assertThat(ReferencePattern.parse("*/*/*").matches(reference)).isTrue();
        assertThat(ReferencePattern.parse("localhost:5000/lab/app").matches(reference))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"[", "a[", "a\\", "[z-a]"})
    void refusesWhatIsNoPattern(String pattern) {
        assertThatThrownBy(() -> ReferencePattern.parse(pattern)).hasMessageContaining("syntax error in pattern");
    }
}
