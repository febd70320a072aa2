package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gantry.registry.RegistryException.Kind;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Registries with a certificate that nobody vouches for. */
@Timeout(60)
class TlsTests {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path directory = Path.of("");

    private HttpsServer server;

    TlsTests() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() throws Exception {
        Path keys = directory.resolve("keys");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=elsewhere.example",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        byte[] content = ManifestTests.image().getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                FaultRegistry.answer(exchange, 200, Map.of("Content-Type", MediaType.OCI_MANIFEST), content);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String name() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void localRegistryIsSpokenToByTlsWhereItWantsIt() {
        try (RegistryClient client = FaultRegistry.client().build()) {
            ResolvedManifest manifest =
                    client.resolve(ImageReference.parse(name() + "/app:1"), Credentials.anonymous());
            assertThat(manifest.manifest().layers()).hasSize(1);
        }
    }

    @Test
    void unknownCertificateIsRefusedWhereTheRegistryIsNotInsecure() {
        RetryPolicy once = new RetryPolicy(1, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1), new Random(1));
        try (Transport transport = new Transport(Deadlines.usual(), "test", Optional.empty(), Optional.empty())) {
            TokenServer tokens = new TokenServer(transport, InstantSource.system());
            RegistryCaller caller =
                    new RegistryCaller(transport, new Authorizers(tokens, InstantSource.system()), once);
            Endpoint endpoint = new Endpoint(URI.create("https://" + name()), Endpoint.Trust.VERIFIED, false);
            assertThatThrownBy(() -> new ManifestFetcher(caller)
                            .fetch(
                                    new Target(endpoint, Credentials.anonymous()),
                                    ImageReference.parse(name() + "/app:1")))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSAFE))
                    .hasMessageContaining("no trusted connection");
        }
    }
}
