package dev.gantry.registry;

import dev.gantry.registry.RegistryException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries a request through challenges, redirects and passing faults to its answer. An {@code Authorization} header
 * goes to the origin it was made for and is dropped for good where a redirect leads elsewhere.
 */
final class RegistryCaller {

    private static final System.Logger LOG = System.getLogger(RegistryCaller.class.getName());
    private static final int MOST_REDIRECTS = 5;
    private static final int DISCARD_LIMIT = 64 * 1024;
    private static final String AUTHORIZATION = "Authorization";

    private final Transport transport;
    private final Authorizers authorizers;
    private final RetryPolicy retries;

    RegistryCaller(Transport transport, Authorizers authorizers, RetryPolicy retries) {
        this.transport = transport;
        this.authorizers = authorizers;
        this.retries = retries;
    }

    Deadlines deadlines() {
        return transport.deadlines();
    }

    /** Takes from a success what the caller wants; the answer is closed afterwards. */
    interface Reader<T> {
        T read(Response response) throws IOException;
    }

    /**
     * Tries until an answer has been read, or until the backoff gives up.
     *
     * @throws RegistryException where it fails
     */
    <T> T call(Target target, RegistryCall call, Reader<T> reader) {
        Backoff backoff = retries.start();
        while (true) {
            RegistryException failure;
            try (Response response = once(target, call)) {
                return reader.read(response);
            } catch (IOException e) {
                failure = Failures.broken(call.action(), target.endpoint().origin(), e);
            } catch (RegistryException e) {
                failure = e;
            }
            pause(backoff, failure, call.action());
        }
    }

    RetryPolicy retries() {
        return retries;
    }

    /** Waits for the next attempt, or throws the failure where there is none. */
    static void pause(Backoff backoff, RegistryException failure, String action) {
        try {
            if (!backoff.await(failure)) {
                throw failure;
            }
            LOG.log(System.Logger.Level.DEBUG, "registry.retry cause=\"{0}\"", failure.getMessage());
        } catch (InterruptedException e) {
            throw interrupted(action, e);
        }
    }

    /** Tries once: a success, or 416 where a range was asked for. The caller closes the answer. */
    Response once(Target target, RegistryCall call) {
        Response response;
        try {
            response = authorized(target.endpoint(), target.credentials(), call);
        } catch (InterruptedException e) {
            throw interrupted(call.action(), e);
        }
        boolean outOfRange = response.status() == Response.RANGE_NOT_SATISFIABLE && call.isRanged();
        if (response.isSuccess() || outOfRange) {
            return response;
        }
        throw Failures.answered(call.action(), response, transport.deadlines());
    }

    private Response authorized(Endpoint endpoint, Credentials credentials, RegistryCall call)
            throws InterruptedException {
        Authorizer authorizer = authorizers.of(endpoint, credentials);
        Optional<String> used = authorizer.authorization(call.scope(), call.action());
        Response response = redirected(endpoint, call, used);
        boolean ours = Origin.of(response.uri()).equals(endpoint.origin());
        if (response.status() != Response.UNAUTHORIZED || !ours) {
            return response;
        }
        List<Challenge> challenges = Challenge.parse(response.headers().allValues("WWW-Authenticate"));
        if (!authorizer.learn(challenges, call.scope(), used)) {
            return response;
        }
        discard(response, call.action());
        return redirected(endpoint, call, authorizer.authorization(call.scope(), call.action()));
    }

    /** Reads a short body to its end, so that the connection can be used again. */
    private void discard(Response response, String action) {
        try (response) {
            response.body().readDocument(DISCARD_LIMIT, transport.deadlines().answer());
        } catch (ResponseBody.OversizeException e) {
            // Closing it is enough: the next request gets another connection.
            return;
        } catch (IOException e) {
            throw Failures.broken(action, Origin.of(response.uri()), e);
        }
    }

    private Response redirected(Endpoint endpoint, RegistryCall call, Optional<String> authorization) {
        Map<String, String> headers = new HashMap<>(call.headers());
        authorization.ifPresent(value -> headers.put(AUTHORIZATION, value));
        URI uri = endpoint.uri(call.path());
        for (int hop = 0; ; hop++) {
            Response response = send(endpoint, call, uri, headers);
            if (!response.isRedirect()) {
                return response;
            }
            try (response) {
                if (hop == MOST_REDIRECTS) {
                    throw unsafe(call, "the registry redirects more than " + MOST_REDIRECTS + " times");
                }
                URI next = target(endpoint, call, response);
                if (!Origin.of(next).equals(Origin.of(uri))) {
                    headers.remove(AUTHORIZATION);
                }
                uri = next;
            }
        }
    }

    private Response send(Endpoint endpoint, RegistryCall call, URI uri, Map<String, String> headers) {
        boolean own = Origin.of(uri).host().equals(endpoint.origin().host());
        Endpoint.Trust trust = own ? endpoint.trust() : Endpoint.Trust.VERIFIED;
        try {
            return call.head() ? transport.head(uri, headers, trust) : transport.get(uri, headers, trust);
        } catch (IOException e) {
            throw Failures.broken(call.action(), Origin.of(uri), e);
        }
    }

    private static URI target(Endpoint endpoint, RegistryCall call, Response response) {
        URI next;
        try {
            next = response.uri().resolve(new URI(response.header("Location").orElse("")));
        } catch (URISyntaxException e) {
            throw RegistryException.of(Kind.INVALID_CONTENT, call.action(), "the registry redirects to nowhere", e);
        }
        Origin origin = Origin.of(next);
        if (!origin.isWeb()) {
            throw unsafe(call, "the registry redirects to what is not reached by HTTP");
        }
        if (next.getRawUserInfo() != null) {
            throw unsafe(call, "the registry redirects to an address with a user in it");
        }
        if (origin.isPlain() && !endpoint.isInsecure()) {
            throw unsafe(call, "the registry redirects to a place without encryption: " + origin);
        }
        return next;
    }

    private static RegistryException unsafe(RegistryCall call, String reason) {
        return RegistryException.of(Kind.UNSAFE, call.action(), reason);
    }

    static RegistryException interrupted(String action, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return RegistryException.of(Kind.CANCELLED, action, "it was interrupted", cause);
    }
}
