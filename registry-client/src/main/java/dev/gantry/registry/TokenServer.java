package dev.gantry.registry;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/**
 * Gets access tokens: by GET for a user or for nobody, by POST (OAuth 2) for a refresh token. Redirects are not
 * followed, so that credentials stay where the registry sent them.
 */
final class TokenServer {

    private static final int LIMIT = 1024 * 1024;
    private static final long LEAST_SECONDS = 60;
    private static final String CLIENT = "gantry";

    private final Transport transport;
    private final InstantSource clock;

    TokenServer(Transport transport, InstantSource clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /**
     * Asks for a token.
     *
     * @throws RegistryException where it is refused, or the realm must not be asked
     */
    Token fetch(Endpoint registry, Challenge challenge, String scope, Credentials credentials, String action) {
        String named = challenge
                .parameter("realm")
                .orElseThrow(() -> RegistryException.of(
                        RegistryException.Kind.REFUSED, action, "the registry names no token server"));
        URI realm = RealmGuard.check(named, registry, action);
        Instant asked = clock.instant();
        try (Response response = ask(realm, registry, challenge, scope, credentials)) {
            if (!response.isSuccess()) {
                throw Failures.answered(action, response, transport.deadlines());
            }
            return read(response, asked, action);
        } catch (IOException e) {
            throw Failures.broken(action, Origin.of(realm), e);
        }
    }

    private Response ask(URI realm, Endpoint registry, Challenge challenge, String scope, Credentials credentials)
            throws IOException {
        // The registry's own lack of trust covers its own host only.
        Endpoint.Trust trust =
                Origin.of(realm).host().equals(registry.origin().host()) ? registry.trust() : Endpoint.Trust.VERIFIED;
        Optional<String> service = challenge.parameter("service");
        Set<String> scopes = new LinkedHashSet<>();
        scopes.add(scope);
        challenge.parameter("scope").ifPresent(scopes::add);
        if (credentials instanceof Credentials.IdentityToken identity) {
            StringJoiner form = new StringJoiner("&");
            form.add("grant_type=refresh_token").add("client_id=" + CLIENT);
            service.ifPresent(name -> form.add("service=" + encode(name)));
            form.add("scope=" + encode(String.join(" ", scopes)));
            form.add("refresh_token=" + encode(identity.token()));
            return transport.post(realm, form.toString(), Map.of(), trust);
        }
        StringJoiner query = new StringJoiner("&");
        service.ifPresent(name -> query.add("service=" + encode(name)));
        scopes.forEach(one -> query.add("scope=" + encode(one)));
        Map<String, String> headers = Map.of();
        if (credentials instanceof Credentials.Basic basic) {
            query.add("account=" + encode(basic.username()));
            headers = Map.of("Authorization", basic.header());
        }
        String separator = realm.getRawQuery() == null ? "?" : "&";
        return transport.get(URI.create(realm + separator + query), headers, trust);
    }

    private Token read(Response response, Instant asked, String action) throws IOException {
        byte[] content =
                response.body().readDocument(LIMIT, transport.deadlines().document());
        try {
            JsonNode root = Json.object(content);
            String value = Json.text(root, "token")
                    .filter(token -> !token.isEmpty())
                    .orElseGet(() -> Json.required(root, "access_token"));
            if (!Token.isSafe(value)) {
                throw new IllegalArgumentException("the token is not of visible characters");
            }
            long seconds = Json.has(root, "expires_in") ? Json.wholeNumber(root, "expires_in") : LEAST_SECONDS;
            long kept = Math.min(Math.max(seconds, 1), Duration.ofDays(1).toSeconds());
            return new Token(
                    value, asked.plus(Duration.ofSeconds(kept).multipliedBy(9).dividedBy(10)));
        } catch (IllegalArgumentException e) {
            throw RegistryException.of(
                    RegistryException.Kind.INVALID_CONTENT,
                    action,
                    "the answer of the token server cannot be used: " + e.getMessage(),
                    e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The scope for reading a repository. */
    static String pullScope(String repository) {
        return "repository:" + repository + ":pull";
    }
}
