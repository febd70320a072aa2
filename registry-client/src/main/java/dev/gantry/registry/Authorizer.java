package dev.gantry.registry;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Shows one server who is asking: learns from its challenges what it wants, keeps a token for each scope, and gets a new
 * one when that expires or is refused. For many threads; those that need the same token wait for the one that fetches
 * it.
 */
final class Authorizer {

    private final Endpoint endpoint;
    private final Credentials credentials;
    private final TokenServer tokenServer;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Token> tokens = new HashMap<>();
    private @Nullable Challenge wanted;

    Authorizer(Endpoint endpoint, Credentials credentials, TokenServer tokenServer, InstantSource clock) {
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.tokenServer = tokenServer;
        this.clock = clock;
    }

    /** The value of the {@code Authorization} header for a request, empty where none is known to be wanted. */
    Optional<String> authorization(String scope, String action) throws InterruptedException {
        if (credentials instanceof Credentials.RegistryToken token) {
            return Optional.of("Bearer " + token.token());
        }
        lock.lockInterruptibly();
        try {
            Challenge challenge = wanted;
            if (challenge == null) {
                return Optional.empty();
            }
            if (challenge.isBasic()) {
                return credentials instanceof Credentials.Basic basic ? Optional.of(basic.header()) : Optional.empty();
            }
            return Optional.of(token(challenge, scope, action).header());
        } finally {
            lock.unlock();
        }
    }

    private Token token(Challenge challenge, String scope, String action) {
        Token known = tokens.get(scope);
        if (known != null && clock.instant().isBefore(known.usableUntil())) {
            return known;
        }
        Token fetched = tokenServer.fetch(endpoint, challenge, scope, credentials, action);
        tokens.put(scope, fetched);
        return fetched;
    }

    /**
     * Learns from a refusal.
     *
     * @param used the header that was refused, empty where there was none
     * @return whether another try, with another header, makes sense
     */
    boolean learn(List<Challenge> challenges, String scope, Optional<String> used) throws InterruptedException {
        if (credentials instanceof Credentials.RegistryToken) {
            return false;
        }
        Optional<Challenge> bearer =
                challenges.stream().filter(Challenge::isBearer).findFirst();
        Optional<Challenge> basic =
                challenges.stream().filter(Challenge::isBasic).findFirst();
        lock.lockInterruptibly();
        try {
            if (bearer.isPresent()) {
                wanted = bearer.get();
                Token known = tokens.get(scope);
                if (known != null && used.filter(known.header()::equals).isPresent()) {
                    tokens.remove(scope);
                }
                return true;
            }
            if (basic.isPresent() && credentials instanceof Credentials.Basic known) {
                wanted = basic.get();
                return used.filter(known.header()::equals).isEmpty();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }
}
