package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTests {

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "Linux/X86_64, linux/amd64",
        "linux/amd64/v1, linux/amd64",
        "linux/amd64/v2, linux/amd64/v2",
        "linux/aarch64, linux/arm64",
        "linux/arm64/v8, linux/arm64",
        "linux/arm64/8, linux/arm64",
        "linux/arm64/v8.2, linux/arm64/v8.2",
        "linux/arm, linux/arm/v7",
        "linux/arm/6, linux/arm/v6",
        "linux/armhf, linux/arm/v7",
        "linux/armel, linux/arm/v6",
        "linux/i386, linux/386",
        "macos/arm64, darwin/arm64",
        "s390x, linux/s390x",
    })
    void bringsNamesIntoOneForm(String text, String expected) {
        assertThat(Platform.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/386, true",
        "linux/amd64, linux/amd64/v2, false",
        "linux/amd64/v3, linux/amd64/v2, true",
        "linux/amd64/v3, linux/amd64, true",
        "linux/arm/v7, linux/arm/v6, true",
        "linux/arm/v6, linux/arm/v7, false",
        "linux/arm64, linux/arm64/v8, true",
        "linux/arm64, linux/arm/v7, true",
        "linux/arm64, linux/arm64/v8.1, false",
        "linux/arm64/v9, linux/arm64/v8.5, true",
        "linux/arm64/v9, linux/arm64, true",
        "linux/amd64, windows/amd64, false",
        "linux/amd64, linux/arm64, false",
        "linux/riscv64, linux/riscv64, true",
    })
    void knowsWhatRunsWhere(String here, String other, boolean runs) {
        assertThat(Platform.parse(here).runs(Platform.parse(other))).isEqualTo(runs);
    }

    @Test
    void bestComesFirst() {
        assertThat(Platform.parse("linux/arm/v7").runnable())
                .extracting(Platform::toString)
                .containsExactly("linux/arm/v7", "linux/arm/v6", "linux/arm/v5");
    }

    @Test
    void hostIsNormalised() {
        assertThat(Platform.host().architecture()).isNotEqualTo("x86_64").isNotEqualTo("aarch64");
        assertThat(Platform.parse("linux")).isEqualTo(Platform.host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "linux/", "linux/amd64/v1/x", "linux/am d64", "../x/y"})
    void refusesWhatIsNoPlatform(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Platform.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "v99999999999", "x", ".", "v8.", "9999", "v-1"})
    void strangeVariantsOfStrangersDoNoHarm(String variant) {
        for (String architecture : new String[] {"amd64", "arm", "arm64", "386", ""}) {
            Platform strange = Platform.of("linux", architecture, Optional.of(variant));
            assertThat(strange.runnable()).hasSizeLessThan(400).contains(strange);
        }
    }
}
