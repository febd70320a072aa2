package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.registry.RegistryException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AuthTests {

    private static final String TAG = "/v2/app/manifests/1";
    private static final Credentials USER = Credentials.basic("user", "se:cret");
    private static final String USER_HEADER = "Basic dXNlcjpzZTpjcmV0";

    private final FaultRegistry registry = new FaultRegistry();
    private final AtomicLong seconds = new AtomicLong();
    private final RegistryClient client = FaultRegistry.client()
            .clock(() -> Instant.ofEpochSecond(seconds.get()))
            .build();
    private final Set<String> valid = ConcurrentHashMap.newKeySet();
    private final AtomicInteger issued = new AtomicInteger();

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    /** Guards the manifest with tokens; the token server gives a new one each time. */
    private void guardWithTokens(int expiresIn) {
        guard(TAG, exchange -> manifest(exchange));
        registry.on("/token", exchange -> {
            String token = "token" + issued.incrementAndGet();
            valid.add("Bearer " + token);
            json(exchange, "{\"token\":\"" + token + "\",\"expires_in\":" + expiresIn + "}");
        });
    }

    private void guard(String path, FaultRegistry.Handler handler) {
        registry.on(path, exchange -> {
            String header = exchange.getRequestHeaders().getFirst("Authorization");
            if (header != null && valid.contains(header)) {
                handler.handle(exchange);
            } else {
                challenge(
                        exchange,
                        "Bearer realm=\"" + registry.url("/token") + "\",service=\"the registry\","
                                + "scope=\"repository:app:pull\"");
            }
        });
    }

    private static void challenge(HttpExchange exchange, String challenge) throws IOException {
        FaultRegistry.answer(
                exchange,
                401,
                Map.of("WWW-Authenticate", challenge),
                FaultRegistry.errors("UNAUTHORIZED", "authentication required"));
    }

    private static void manifest(HttpExchange exchange) throws IOException {
        byte[] content = ManifestTests.image().getBytes(StandardCharsets.UTF_8);
        FaultRegistry.answer(exchange, 200, Map.of("Content-Type", MediaType.OCI_MANIFEST), content);
    }

    private static void json(HttpExchange exchange, String json) throws IOException {
        FaultRegistry.answer(exchange, 200, Map.of(), json.getBytes(StandardCharsets.UTF_8));
    }

    private void assertFails(Credentials who, Kind kind, String reason) {
        assertThatThrownBy(() -> client.resolve(registry.app(), who))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(reason)
                .hasMessageNotContaining("cret");
    }

    @Test
    void asksForATokenForNobody() {
        guardWithTokens(300);
        client.resolve(registry.app(), Credentials.anonymous());
        assertThat(registry.seen("/token")).singleElement().satisfies(seen -> {
            assertThat(seen.path()).isEqualTo("/token?service=the+registry&scope=repository%3Aapp%3Apull");
            assertThat(seen.authorization()).isEmpty();
        });
    }

    @Test
    void asksForATokenForAUserAndSendsThePasswordToTheTokenServerOnly() {
        guardWithTokens(300);
        client.resolve(registry.app(), USER);
        assertThat(registry.seen("/token")).singleElement().satisfies(seen -> {
            assertThat(seen.path()).endsWith("&account=user");
            assertThat(seen.authorization()).contains(USER_HEADER);
        });
        assertThat(registry.seen("/v2/"))
                .extracting(FaultRegistry.Seen::authorization)
                .doesNotContain(Optional.of(USER_HEADER));
    }

    @Test
    void exchangesIdentityTokens() {
        guardWithTokens(300);
        client.resolve(registry.app(), Credentials.identityToken("refresh&me"));
        assertThat(registry.seen("/token")).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.body())
                    .isEqualTo("grant_type=refresh_token&client_id=gantry&service=the+registry"
                            + "&scope=repository%3Aapp%3Apull&refresh_token=refresh%26me");
        });
    }

    @Test
    void sendsRegistryTokensAsTheyAre() {
        guardWithTokens(300);
        valid.add("Bearer mine");
        client.resolve(registry.app(), Credentials.registryToken("mine"));
        assertThat(registry.seen("/token")).isEmpty();
        assertFails(Credentials.registryToken("other"), Kind.UNAUTHORIZED, "unauthorized: authentication required");
    }

    @Test
    void keepsTokensUntilTheyExpire() {
        guardWithTokens(300);
        client.resolve(registry.app(), USER);
        client.resolve(registry.app(), USER);
        assertThat(issued).hasValue(1);
        seconds.addAndGet(280);
        client.resolve(registry.app(), USER);
        assertThat(issued).hasValue(2);
        client.resolve(registry.app(), Credentials.anonymous());
        assertThat(issued).as("other credentials need a token of their own").hasValue(3);
        assertThat(registry.seen(TAG)).as("the challenge is remembered").hasSize(6);
    }

    @Test
    void getsANewTokenWhereOneIsRefusedBeforeItsTime() {
        guardWithTokens(300);
        client.resolve(registry.app(), USER);
        valid.clear();
        client.resolve(registry.app(), USER);
        assertThat(issued).hasValue(2);
    }

    @Test
    void manyThreadsShareOneToken() {
        guardWithTokens(300);
        client.resolve(registry.app(), USER);
        seconds.addAndGet(400);
        IntStream.range(0, 8).parallel().forEach(i -> client.resolve(registry.app(), USER));
        assertThat(issued).hasValue(2);
    }

    @Test
    void getsANewTokenInTheMiddleOfATransfer() throws IOException {
        guardWithTokens(300);
        byte[] content = new byte[200_000];
        new Random(3).nextBytes(content);
        Descriptor descriptor = registry.blob(content);
        AtomicInteger calls = new AtomicInteger();
        guard(FaultRegistry.blobPath(descriptor), exchange -> {
            if (calls.incrementAndGet() == 1) {
                valid.clear();
                FaultRegistry.truncated(exchange, content, 100_000);
            } else {
                FaultRegistry.part(exchange, content, 100_000);
            }
        });
        try (InputStream in = client.openBlob(registry.app(), descriptor, USER)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThat(issued).hasValue(2);
    }

    @Test
    void givesUpOnARegistryThatRefusesItsOwnTokens() {
        registry.on("/token", exchange -> json(exchange, "{\"access_token\":\"useless\"}"));
        guard(TAG, AuthTests::manifest);
        assertFails(USER, Kind.UNAUTHORIZED, "answered 401 (unauthorized: authentication required)");
        assertThat(registry.seen(TAG)).hasSize(2);
    }

    @Test
    void wrongPasswordIsUnauthorized() {
        guard(TAG, AuthTests::manifest);
        registry.on(
                "/token",
                exchange -> FaultRegistry.answer(
                        exchange,
                        401,
                        Map.of(),
                        "{\"details\":\"incorrect username or password\"}".getBytes(StandardCharsets.UTF_8)));
        assertFails(USER, Kind.UNAUTHORIZED, "incorrect username or password");
    }

    @Test
    void refusesTokensThatWouldBreakTheHeader() {
        guard(TAG, AuthTests::manifest);
        for (String answer :
                List.of("{\"token\":\"a\\r\\nX-Evil: 1\"}", "{\"token\":\"\"}", "{}", "[]", "x", "{\"token\":7}")) {
            registry.on("/token", exchange -> json(exchange, answer));
            assertFails(USER, Kind.INVALID_CONTENT, "the answer of the token server cannot be used");
        }
    }

    @Test
    void tokenServerMayNotRedirect() {
        guard(TAG, AuthTests::manifest);
        registry.on(
                "/token",
                exchange -> FaultRegistry.answer(
                        exchange, 307, Map.of("Location", registry.url("/elsewhere")), new byte[0]));
        assertFails(USER, Kind.REFUSED, "answered 307");
        assertThat(registry.seen("/elsewhere")).isEmpty();
    }

    @Test
    void basicIsSentWhenAskedForOnly() {
        registry.on(TAG, exchange -> {
            if (USER_HEADER.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                manifest(exchange);
            } else {
                challenge(exchange, "Basic realm=\"x\"");
            }
        });
        client.resolve(registry.app(), USER);
        client.resolve(registry.app(), USER);
        assertThat(registry.seen(TAG))
                .extracting(FaultRegistry.Seen::authorization)
                .containsExactly(Optional.empty(), Optional.of(USER_HEADER), Optional.of(USER_HEADER));
        assertFails(Credentials.basic("user", "wrong-cret"), Kind.UNAUTHORIZED, "answered 401");
        assertFails(Credentials.anonymous(), Kind.UNAUTHORIZED, "answered 401");
    }

    @Test
    void credentialsOfTheClientAreUsedWhereACallBringsNone() {
        guardWithTokens(300);
        String key = RegistryClient.authKey(registry.app().registry());
        try (RegistryClient known = FaultRegistry.client()
                .credentials(asked -> asked.equals(key) ? USER : Credentials.anonymous())
                .build()) {
            known.resolve(registry.app());
        }
        assertThat(registry.seen("/token").get(0).authorization()).contains(USER_HEADER);
        assertThat(RegistryClient.authKey("docker.io")).isEqualTo("https://index.docker.io/v1/");
    }

    @Test
    void textFormsHideSecrets() {
        assertThat(List.of(USER, Credentials.identityToken("cret"), Credentials.registryToken("cret"))
                        .toString())
                .doesNotContain("cret");
        assertThat(new Token("cret", Instant.EPOCH).toString()).doesNotContain("cret");
    }
}
