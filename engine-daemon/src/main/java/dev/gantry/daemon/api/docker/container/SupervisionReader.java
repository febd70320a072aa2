package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.HealthConfig;
import dev.gantry.api.HostConfig;
import dev.gantry.daemon.service.container.RestartPolicy;
import dev.gantry.daemon.service.health.Healthcheck;
import dev.gantry.daemon.type.EngineException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how a container is looked after while it exists: its restart policy and its health checks. */
final class SupervisionReader {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private SupervisionReader() {}

    static RestartPolicy restartPolicy(HostConfig host) {
        RestartPolicy policy = RestartPolicy.of(
                host.restartPolicy().name(), host.restartPolicy().maximumRetryCount());
        if (host.autoRemove() && policy.kind() != RestartPolicy.Kind.NO) {
            // compat: docker's text
            throw EngineException.invalid("can't create 'AutoRemove' container with restart policy");
        }
        return policy;
    }

    static Optional<Healthcheck> healthcheck(@Nullable HealthConfig config) {
        if (config == null) {
            return Optional.empty();
        }
        if (config.retries() < 0) {
            // compat: docker's text
            throw EngineException.invalid("Retries in Healthcheck cannot be negative");
        }
        return Optional.of(new Healthcheck(
                config.test(),
                duration("Interval", config.interval()),
                duration("Timeout", config.timeout()),
                duration("StartPeriod", config.startPeriod()),
                duration("StartInterval", config.startInterval()),
                config.retries()));
    }

    private static Duration duration(String field, long nanos) {
        Duration duration = Duration.ofNanos(nanos);
        if (nanos != 0 && duration.compareTo(SHORTEST) < 0) {
            // compat: docker's text
            throw EngineException.invalid(field + " in Healthcheck cannot be less than 1ms");
        }
        return duration;
    }
}
