package dev.gantry.daemon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.api.RegistryAuth;
import dev.gantry.client.EngineClient;
import dev.gantry.client.EngineClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that want to know who asks, and registries without TLS that are not on loopback. */
class RegistryAccessAcceptanceTests {

    /** Of the user {@code someone} with the password {@code secret}, by bcrypt. */
    private static final String ACCOUNT = "someone:$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n";

    @TempDir
    Path directory;

    private Path archive;

    @BeforeEach
    void require() throws IOException {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        LocalRegistry.require();
        archive = Files.write(directory.resolve("busybox.tar"), TestImage.busybox());
    }

    @Test
    void credentialsOfARequestReachTheRegistryAndWrongOnesAreRefused() throws IOException {
        try (LocalRegistry registry = LocalRegistry.startGuarded(ACCOUNT);
                TestDaemon daemon = TestDaemon.start();
                EngineClient client = EngineClient.builder()
                        .host("unix://" + daemon.socket())
                        .timeout(Duration.ofMinutes(1))
                        .build()) {
            String name = registry.push(archive, "guarded:1", "someone:secret");
            assertThat(daemon.docker("pull", name).run().err()).containsAnyOf("no basic auth credentials", "denied");
            assertThat(pullFails(client, name, "someone", "wrong"))
                    .containsAnyOf("unauthorized", "authentication required");
            assertThat(daemon.docker("images", "-q").run().ok()).isEmpty();

            client.images().pull(name, "", auth("someone", "secret"), message -> {});

            assertThat(daemon.docker("run", "--rm", name, "echo", "works").run().ok())
                    .isEqualTo("works");
            assertDockersOwnLogin(daemon, registry, name);
        }
    }

    private static RegistryAuth auth(String user, String password) {
        return new RegistryAuth(user, password, "", "", "", "", "");
    }

    private static String pullFails(EngineClient client, String name, String user, String password) {
        try {
            client.images().pull(name, "", auth(user, password), message -> {});
            throw new AssertionError("the pull succeeded");
        } catch (EngineClientException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What docker reads from its configuration it sends along. */
    private void assertDockersOwnLogin(TestDaemon daemon, LocalRegistry registry, String name) throws IOException {
        String account = Base64.getEncoder().encodeToString("someone:secret".getBytes(UTF_8));
        Files.writeString(
                directory.resolve("config.json"),
                "{\"auths\":{\"127.0.0.1:" + registry.port() + "\":{\"auth\":\"" + account + "\"}}}");
        daemon.docker("rmi", name).run().ok();
        assertThat(Command.of(
                                "docker",
                                "--config",
                                directory.toString(),
                                "-H",
                                "unix://" + daemon.socket(),
                                "pull",
                                "-q",
                                name)
                        .run()
                        .ok())
                .isEqualTo(name);
    }

    @Test
    void aRegistryWithoutTlsIsAskedWhereItIsNamedAsInsecure() throws IOException {
        try (LocalRegistry registry = LocalRegistry.startForAll()) {
            String gateway;
            try (TestDaemon careful = TestDaemon.start()) {
                gateway = careful.docker("network", "inspect", "-f", "{{(index .IPAM.Config 0).Gateway}}", "bridge")
                        .run()
                        .ok();
                registry.push(archive, "plain:1");
                Command.Result refused = careful.docker("pull", gateway + ":" + registry.port() + "/plain:1")
                        .run();
                assertThat(refused.exit()).isNotZero();
                assertThat(refused.err()).containsIgnoringCase("https");
            }
            String address = gateway + ":" + registry.port();
            // the same address on the bridge of its own
            try (TestDaemon told = TestDaemon.start("--insecure-registry", address, "--bip", gateway + "/24")) {
                assertThat(told.docker("pull", "-q", address + "/plain:1").run().ok())
                        .isEqualTo(address + "/plain:1");
                assertThat(told.docker("info", "-f", "{{json .RegistryConfig.IndexConfigs}}")
                                .run()
                                .ok())
                        .contains(address)
                        .contains("\"Secure\":false");
            }
        }
    }
}
