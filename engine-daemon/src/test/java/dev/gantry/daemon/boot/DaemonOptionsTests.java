package dev.gantry.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.api.EngineJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonOptionsTests {

    private Path file;

    @BeforeEach
    void file(@TempDir Path directory) {
        file = directory.resolve("daemon.json");
    }

    private DaemonOptions parse(String json, String... arguments) throws IOException {
        Files.writeString(file, json);
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--config-file=" + file;
        return DaemonOptions.of(CommandLine.parse(all), EngineJson.mapper());
    }

    @Test
    void fileAndFlagsAreJoined() throws IOException {
        DaemonOptions options = parse(
                "{\"data-root\":\"/data\",\"default-address-pools\":[{\"base\":\"10.0.0.0/8\",\"size\":24}],"
                        + "\"runtimes\":{\"mine\":{\"path\":\"/usr/bin/mine\"}},\"live-restore\":true}",
                "-H",
                "unix:///run/x.sock",
                "--exec-opt",
                "native.cgroupdriver=systemd",
                "-D");
        assertThat(options.dataRoot()).isEqualTo(Path.of("/data"));
        assertThat(options.addressPools()).containsExactly(new DaemonOptions.AddressPoolOption("10.0.0.0/8", 24));
        assertThat(options.runtimes()).containsEntry("mine", Path.of("/usr/bin/mine"));
        assertThat(options.cgroupDriver()).contains("systemd");
        assertThat(options.logLevel()).isEqualTo("debug");
    }

    @Test
    void optionInBothPlacesIsRefused() {
        assertThatThrownBy(() -> parse("{\"data-root\":\"/a\"}", "--data-root=/b"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("specified both as a flag and in the configuration file: data-root");
    }

    @Test
    void unknownNamesAreRefused() {
        assertThatThrownBy(() -> parse("{\"nope\":1}")).hasMessageContaining("nope");
        assertThatThrownBy(() -> parse("{}", "--nope")).hasMessageContaining("unknown flag: --nope");
        assertThatThrownBy(() -> parse("{}", "-H", "tcp://0.0.0.0:1")).hasMessageContaining("not supported yet");
    }
}
