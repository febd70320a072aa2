package dev.gantry.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.api.EngineJson;
import dev.gantry.daemon.api.docker.system.EngineCounts;
import dev.gantry.daemon.api.docker.system.EngineFacts;
import dev.gantry.daemon.api.docker.system.EngineSetup;
import dev.gantry.daemon.api.docker.system.RegistryLogin;
import dev.gantry.daemon.api.docker.system.SystemFacts;
import dev.gantry.daemon.service.event.EventBus;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Timeout(60)
class DaemonIntegrationTests {

    @TempDir
    private static Path directory;

    private static ConfigurableApplicationContext daemon;
    private static DaemonOptions options;

    /** An engine without containers. */
    @Configuration(proxyBeanMethods = false)
    static class EmptyEngine {

        @Bean
        EngineLifecycle engine() {
            return new EngineLifecycle() {
                @Override
                public void start() {}

                @Override
                public void stop() {}
            };
        }

        @Bean
        SystemFacts facts(EventBus events, Clock clock) {
            EngineCounts counts = new EngineCounts() {
                @Override
                public Containers containers() {
                    return new Containers(1, 2, 3);
                }

                @Override
                public int images() {
                    return 4;
                }
            };
            EngineSetup setup = new EngineSetup(
                    "id",
                    "28.5.0",
                    "Gantry test",
                    directory,
                    List.of("a=b"),
                    List.of(),
                    List.of(),
                    "crun",
                    Map.of("crun", Path.of("/usr/bin/crun")),
                    Map.of("crun", "1.8.1"),
                    "cgroupfs",
                    "json-file",
                    Map.of(),
                    List.of(List.of("Backing Filesystem", "extfs")),
                    List.of("name=seccomp,profile=builtin"),
                    List.of());
            return new EngineFacts(setup, counts, events, clock);
        }

        @Bean
        RegistryLogin login() {
            return credentials -> "";
        }
    }

    @BeforeAll
    static void start() {
        options = DaemonOptions.of(
                CommandLine.parse(
                        "-H",
                        "unix://" + directory.resolve("one.sock"),
                        "--host=unix://" + directory.resolve("two.sock"),
                        "--data-root",
                        directory.resolve("data").toString(),
                        "--exec-root=" + directory.resolve("exec"),
                        "--pidfile",
                        directory.resolve("pid").toString()),
                EngineJson.mapper());
        daemon = GantryApplication.run(options, List.of(EmptyEngine.class));
    }

    @AfterAll
    static void stop() {
        daemon.close();
        assertThat(directory.resolve("pid")).doesNotExist();
    }

    private static String get(String socket, String path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve(socket)))) {
            ByteBuffer request =
                    StandardCharsets.UTF_8.encode("GET " + path + " HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n");
            channel.write(request);
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everySocketAnswers() throws IOException {
        assertThat(get("one.sock", "/_ping")).startsWith("HTTP/1.1 200").endsWith("OK");
        assertThat(get("two.sock", "/v1.41/_ping")).startsWith("HTTP/1.1 200").endsWith("OK");
    }

    @Test
    void socketsAreForOwnerAndGroupOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("one.sock"))))
                .isEqualTo("rw-rw----");
    }

    @Test
    void infoTellsCountsAndHost() throws IOException {
        assertThat(get("one.sock", "/info"))
                .contains("\"Containers\":6", "\"ContainersPaused\":2", "\"Images\":4", "\"Driver\":\"overlay2\"")
                .contains("\"LocalNodeState\":\"inactive\"");
    }

    @Test
    void versionTellsComponents() throws IOException {
        assertThat(get("one.sock", "/version"))
                .contains("\"ApiVersion\":\"1.51\"", "\"MinAPIVersion\":\"1.24\"", "\"Name\":\"crun\"");
    }

    @Test
    void actuatorAnswersOnTheSameSocket() throws IOException {
        assertThat(get("one.sock", "/actuator/health")).contains("HTTP/1.1 200", "\"status\":\"UP\"");
        assertThat(get("one.sock", "/actuator/metrics")).contains("jvm.memory.used");
        assertThat(get("one.sock", "/actuator/env")).contains("404");
    }

    @Test
    void secondDaemonOnTheSameRootsIsRefused() {
        assertThatThrownBy(() -> GantryApplication.run(options, List.of(EmptyEngine.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("in use by another daemon");
    }
}
