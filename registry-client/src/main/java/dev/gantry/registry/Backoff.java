package dev.gantry.registry;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;

/** The waits of one operation between its attempts. For one thread. */
final class Backoff {

    private final RetryPolicy policy;
    private int failures;
    private int waits;
    private Duration waited = Duration.ZERO;

    Backoff(RetryPolicy policy) {
        this.policy = policy;
    }

    /** Starts anew, after progress. */
    void reset() {
        failures = 0;
        waits = 0;
        waited = Duration.ZERO;
    }

    /**
     * Waits before the next attempt, or returns false at once where there shall be none.
     *
     * @throws InterruptedException where the thread is interrupted meanwhile
     */
    boolean await(RegistryException failure) throws InterruptedException {
        // A server that is not there seldom appears: give up on it sooner.
        Throwable cause = failure.getCause();
        boolean absent = cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
        failures += absent ? 2 : 1;
        if (!isPassing(failure) || failures >= policy.attempts()) {
            return false;
        }
        Duration delay = failure.retryAfter().orElseGet(this::jittered);
        Duration total = waited.plus(delay);
        if (total.compareTo(policy.budget()) > 0) {
            return false;
        }
        waited = total;
        waits++;
        Thread.sleep(delay.toMillis());
        return true;
    }

    private Duration jittered() {
        long base = policy.base().toMillis() << Math.min(waits, 16);
        long most = Math.min(base, policy.cap().toMillis());
        return Duration.ofMillis(most / 2 + policy.random().nextLong(most / 2 + 1));
    }

    private static boolean isPassing(RegistryException failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE, RATE_LIMITED -> true;
            default -> false;
        };
    }
}
