package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsecureRegistriesTests {

    private final InsecureRegistries registries =
            new InsecureRegistries(List.of("Reg.example:5000", "plain.example", "10.0.0.0/9", "fd00::/8"));

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:5000, true",
        "127.200.0.1, true",
        "localhost, true",
        "LOCALHOST:80, true",
        "'[::1]:5000', true",
        "reg.example:5000, true",
        "reg.example, false",
        "reg.example:5001, false",
        "plain.example:1, true",
        "10.127.255.255:5000, true",
        "10.128.0.0:5000, false",
        "'[fd12::1]:5000', true",
        "'[fe80::1]:5000', false",
        "1.2.3.4, false",
        "localhost.example, false",
        "127.0.0.1.example, false",
    })
    void knowsWhichAreInsecure(String registry, boolean insecure) {
        assertThat(registries.contains(registry)).isEqualTo(insecure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "host/8", "fd00::/129", "/8"})
    void refusesWhatIsNoNetwork(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> new InsecureRegistries(List.of(entry)));
    }
}
