package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.registry.RegistryException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A registry or a manifest that sends the client, and its credentials, to others. */
@Timeout(30)
class Cve2020_15157Tests {

    private static final Credentials USER = Credentials.basic("user", "secret");
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    private final FaultRegistry registry = new FaultRegistry();
    private final FaultRegistry other = new FaultRegistry();
    private final RegistryClient client = FaultRegistry.client().build();

    @AfterEach
    void close() {
        client.close();
        registry.close();
        other.close();
    }

    private byte[] pull(Descriptor descriptor) throws IOException {
        try (InputStream in = client.openBlob(registry.app(), descriptor, USER)) {
            return in.readAllBytes();
        }
    }

    /** Asks for a password first, then answers with a redirect. */
    private void redirect(Descriptor descriptor, String location) {
        registry.on(FaultRegistry.blobPath(descriptor), exchange -> {
            boolean known = exchange.getRequestHeaders().containsKey("Authorization");
            Map<String, String> headers =
                    known ? Map.of("Location", location) : Map.of("WWW-Authenticate", "Basic realm=\"x\"");
            FaultRegistry.answer(exchange, known ? 307 : 401, headers, new byte[0]);
        });
    }

    @Test
    void redirectToAnotherHostDropsTheAuthorization() throws IOException {
        Descriptor descriptor = registry.blob(CONTENT);
        redirect(descriptor, other.url("/storage?signature=x"));
        other.on("/storage", exchange -> FaultRegistry.answer(exchange, 200, Map.of(), CONTENT));
        assertThat(pull(descriptor)).isEqualTo(CONTENT);
        assertThat(other.seen())
                .singleElement()
                .satisfies(seen -> assertThat(seen.authorization()).isEmpty());
    }

    @Test
    void redirectBackDoesNotBringTheAuthorizationBack() throws IOException {
        Descriptor descriptor = registry.blob(CONTENT);
        redirect(descriptor, other.url("/storage"));
        other.on(
                "/storage",
                exchange ->
                        FaultRegistry.answer(exchange, 302, Map.of("Location", registry.url("/public")), new byte[0]));
        registry.on("/public", exchange -> FaultRegistry.answer(exchange, 200, Map.of(), CONTENT));
        assertThat(pull(descriptor)).isEqualTo(CONTENT);
        assertThat(registry.seen("/public"))
                .singleElement()
                .satisfies(seen -> assertThat(seen.authorization()).isEmpty());
    }

    @Test
    void redirectWithinTheHostKeepsTheAuthorization() throws IOException {
        Descriptor descriptor = registry.blob(CONTENT);
        redirect(descriptor, "/inside");
        registry.on("/inside", exchange -> FaultRegistry.answer(exchange, 200, Map.of(), CONTENT));
        assertThat(pull(descriptor)).isEqualTo(CONTENT);
        assertThat(registry.seen("/inside"))
                .extracting(FaultRegistry.Seen::authorization)
                .doesNotContain(Optional.empty());
    }

    @Test
    void challengeOfAnotherHostIsNotAnswered() {
        Descriptor descriptor = registry.blob(CONTENT);
        redirect(descriptor, other.url("/storage"));
        other.on(
                "/storage",
                exchange ->
                        FaultRegistry.answer(exchange, 401, Map.of("WWW-Authenticate", "Basic realm=x"), new byte[0]));
        assertThatThrownBy(() -> pull(descriptor))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED));
        assertThat(other.seen())
                .singleElement()
                .satisfies(seen -> assertThat(seen.authorization()).isEmpty());
    }

    @Test
    void refusesRedirectsThatEndanger() {
        Descriptor descriptor = registry.blob(CONTENT);
        String place = other.url("/storage").substring("http://".length());
        for (String location : List.of("http://user:password@" + place, "file:///etc/passwd", "ftp://" + place)) {
            redirect(descriptor, location);
            assertThatThrownBy(() -> pull(descriptor))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSAFE))
                    .hasMessageNotContaining("password");
        }
        assertThat(other.seen()).isEmpty();
    }

    @Test
    void refusesRedirectsInACircle() {
        Descriptor descriptor = registry.blob(CONTENT);
        redirect(descriptor, FaultRegistry.blobPath(descriptor));
        assertThatThrownBy(() -> pull(descriptor))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSAFE))
                .hasMessageContaining("more than 5 times");
    }

    @Test
    void neverFollowsTheUrlsOfADescriptor() throws IOException {
        Descriptor plain = registry.blob(CONTENT);
        Descriptor foreign = new Descriptor(
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
                plain.digest(),
                plain.size(),
                Optional.empty(),
                List.of(other.url("/storage")),
                Map.of());
        assertThat(pull(foreign)).isEqualTo(CONTENT);
        assertThat(other.seen()).isEmpty();
    }

    @Test
    void refusesTokenServersAtInternalAddresses() {
        Descriptor descriptor = registry.blob(CONTENT);
        for (String realm : List.of(
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.1/token",
                "https://[fe80::1]/token",
                "http://127.0.0.2/token")) {
            registry.on(
                    FaultRegistry.blobPath(descriptor),
                    exchange -> FaultRegistry.answer(
                            exchange,
                            401,
                            Map.of("WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=\"x\""),
                            new byte[0]));
            assertThatThrownBy(() -> pull(descriptor))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNSAFE))
                    .hasMessageContaining("a token server at an internal address");
        }
    }
}
