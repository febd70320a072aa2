package dev.gantry.registry;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The authorizers in use, one for each server and each credentials; those not used for long are forgotten. */
final class Authorizers {

    private static final int MOST = 128;

    private final TokenServer tokenServer;
    private final InstantSource clock;
    private final Map<Key, Authorizer> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Authorizer> eldest) {
            return size() > MOST;
        }
    };

    Authorizers(TokenServer tokenServer, InstantSource clock) {
        this.tokenServer = tokenServer;
        this.clock = clock;
    }

    synchronized Authorizer of(Endpoint endpoint, Credentials credentials) {
        return known.computeIfAbsent(
                new Key(endpoint, credentials), key -> new Authorizer(endpoint, credentials, tokenServer, clock));
    }

    private record Key(Endpoint endpoint, Credentials credentials) {}
}
