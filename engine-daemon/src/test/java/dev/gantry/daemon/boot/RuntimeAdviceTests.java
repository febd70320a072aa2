package dev.gantry.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeAdviceTests {

    @ParameterizedTest
    @CsvSource({
        "runc, 1.1.5+ds1, true",
        "runc, 1.1.15+ds1, true",
        "runc, 1.2.8, false",
        "runc, 1.3.2, true",
        "runc, 1.3.3, false",
        "runc, 1.4.0, false",
        "crun, 1.4.3, true",
        "crun, 1.8.1, false",
        "crun, 1.21, false",
        "youki, 0.1.0, false",
        "runc, unknown, false"
    })
    void warnsOfRuntimesWithKnownEscapes(String name, String version, boolean warned) {
        assertThat(RuntimeAdvice.warning(name, version).isPresent()).isEqualTo(warned);
    }

    @Test
    void saysWhatIsOpen() {
        assertThat(RuntimeAdvice.warning("runc", "1.1.5+ds1").orElseThrow())
                .contains("runc 1.1.5+ds1")
                .contains("CVE-2024-21626")
                .contains("CVE-2025-52881");
    }
}
