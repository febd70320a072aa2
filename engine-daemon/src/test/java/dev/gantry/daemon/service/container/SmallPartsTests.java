package dev.gantry.daemon.service.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.runtime.spec.DeviceNode;
import dev.gantry.daemon.runtime.spec.DeviceRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, rules of devices, and the files under {@code /etc}. */
class SmallPartsTests {

    @ParameterizedTest
    @ValueSource(strings = {"a", "-ab", "a b", "a/b", "", "/", "..", "a\nb", "ä1"})
    void namesThatCannotBe(String name) {
        assertThatThrownBy(() -> ContainerNames.checked(name))
                .hasMessage("Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }

    @Test
    void drawnNamesAreNamesThatCanBe() {
        Random randomness = new Random(42);
        for (int attempt = 0; attempt < 1_000; attempt++) {
            String name = ContainerNames.random(randomness, attempt % 12);
            assertThat(ContainerNames.checked("/" + name)).isEqualTo(name);
        }
    }

    @Test
    void rulesOfDevices() {
        assertThat(DeviceRules.parse("c 189:* rw"))
                .isEqualTo(new DeviceRule(
                        DeviceRule.Verdict.ALLOW,
                        Optional.of(DeviceNode.Kind.CHARACTER),
                        Optional.of(189L),
                        Optional.empty(),
                        "rw"));
        assertThat(DeviceRules.parse("a *:* rwm").kind()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c",
                "c 1:2",
                "x 1:2 r",
                "c 1:2 rx",
                "c 1 :2 r",
                "c 1:2 rwmr",
                "c -1:2 r",
                "c 99999999999999999999:1 r"
            })
    void rulesThatCannotBe(String rule) {
        assertThatThrownBy(() -> DeviceRules.parse(rule))
                .hasMessage("invalid device cgroup rule format: '" + rule + "'");
    }

    @Test
    void theTableOfNamesKnowsTheContainerAndItsExtraHosts(@TempDir Path home) throws IOException {
        EtcFiles etc = new EtcFiles(home);
        etc.writeHosts(Optional.of("172.17.0.2"), "web.example web", List.of("db:10.0.0.1", "six:fe80::1"));
        assertThat(Files.readAllLines(etc.hosts()))
                .startsWith("127.0.0.1\tlocalhost")
                .endsWith("10.0.0.1\tdb", "fe80::1\tsix", "172.17.0.2\tweb.example web");
    }

    @Test
    void theUsersWordsReplaceTheHostsResolver(@TempDir Path home) throws IOException {
        EtcFiles etc = new EtcFiles(home);
        etc.writeResolvConf(
                new HostSettings.NameResolution(List.of("9.9.9.9"), List.of("."), List.of("ndots:2"), List.of()), true);
        assertThat(Files.readAllLines(etc.resolvConf())).containsExactly("nameserver 9.9.9.9", "options ndots:2");
    }
}
