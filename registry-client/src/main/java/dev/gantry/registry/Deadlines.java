package dev.gantry.registry;

import java.time.Duration;

/**
 * How long to wait for a peer.
 *
 * @param connect for a connection
 * @param answer for the head of an answer
 * @param stall for the next {@link #LEAST_PROGRESS} bytes of a body: a peer that sends a byte now and then must not
 *     hold a transfer for ever
 * @param document for a whole small body, such as a manifest or a token
 */
record Deadlines(Duration connect, Duration answer, Duration stall, Duration document) {

    /** Bytes that must arrive within the stall deadline. */
    static final int LEAST_PROGRESS = 16 * 1024;

    Deadlines {
        for (Duration duration : new Duration[] {connect, answer, stall, document}) {
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException("a deadline must be positive: " + duration);
            }
        }
    }

    static Deadlines usual() {
        return new Deadlines(
                Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(60));
    }
}
