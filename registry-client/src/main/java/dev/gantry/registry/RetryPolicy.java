package dev.gantry.registry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and how long to try again.
 *
 * @param attempts the first one included
 * @param budget of waiting for one operation; a transfer that goes on gets it anew
 * @param base the wait after the first failure, doubled with each further one
 * @param cap the longest wait, unless the server asks for more
 * @param random spreads the waits, so that many clients do not come back at once
 */
record RetryPolicy(int attempts, Duration budget, Duration base, Duration cap, RandomGenerator random) {

    RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("at least one attempt is needed, not " + attempts);
        }
    }

    Backoff start() {
        return new Backoff(this);
    }
}
