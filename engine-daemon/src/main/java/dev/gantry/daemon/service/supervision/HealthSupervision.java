package dev.gantry.daemon.service.supervision;

import dev.gantry.daemon.linux.namespace.NamespaceSockets;
import dev.gantry.daemon.service.container.ContainerConfig;
import dev.gantry.daemon.service.container.ContainerObserver;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.exec.ProbeRun;
import dev.gantry.daemon.service.health.Health;
import dev.gantry.daemon.service.health.HealthWatch;
import dev.gantry.daemon.service.health.Healthcheck;
import dev.gantry.daemon.service.health.Probe;
import dev.gantry.daemon.service.schedule.Schedule;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Probes the health of all running containers that ask for it. Health is kept here rather than on the containers' records,
 * which are forced to the disk at each change. Safe for use by many threads.
 */
public final class HealthSupervision implements ContainerObserver, AutoCloseable {

    private static final Logger LOG = System.getLogger(HealthSupervision.class.getName());

    private final ContainerService containers;
    private final ProbeRun commands;
    private final Schedule schedule;
    private final Executor executor;
    private final Clock clock;
    private final NamespaceSockets sockets = NamespaceSockets.create();
    private final Map<ContainerId, Health> known = new ConcurrentHashMap<>();
    private final Map<ContainerId, HealthWatch> watches = new ConcurrentHashMap<>();

    /** @param executor its threads may wait */
    public HealthSupervision(
            ContainerService containers, ProbeRun commands, Schedule schedule, Executor executor, Clock clock) {
        this.containers = containers;
        this.commands = commands;
        this.schedule = schedule;
        this.executor = executor;
        this.clock = clock;
    }

    /** The health of a container; empty where it is not found out. */
    public Optional<Health> of(ContainerRecord record) {
        return Optional.ofNullable(known.get(record.id()));
    }

    @Override
    public void started(ContainerRecord record) {
        probeOf(record).ifPresent(probe -> watch(record, probe, known(record).startedAgain()));
    }

    private Health known(ContainerRecord record) {
        return known.getOrDefault(record.id(), Health.UNKNOWN);
    }

    @Override
    public void found(ContainerRecord record) {
        probeOf(record).ifPresent(probe -> {
            Health health = fileOf(record).read().orElse(Health.UNKNOWN);
            if (record.state().running()) {
                watch(record, probe, health);
            } else if (record.state().startedAt().isPresent()) {
                known.put(record.id(), health.ended());
            }
        });
    }

    @Override
    public void ended(ContainerRecord record) {
        HealthWatch watch = watches.remove(record.id());
        if (watch != null) {
            watch.stop();
            Health ended = watch.health().ended();
            known.put(record.id(), ended);
            keep(record, ended);
        }
    }

    @Override
    public void removed(ContainerRecord record) {
        ended(record);
        known.remove(record.id());
    }

    private static Optional<Probe> probeOf(ContainerRecord record) {
        ContainerConfig config = record.config();
        return config.healthcheck().flatMap(check -> Probe.parse(check.test(), config.shell()));
    }

    /** A disk that takes nothing must not keep a container from starting or ending. */
    private void keep(ContainerRecord record, Health health) {
        try {
            fileOf(record).write(health);
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "health not kept container=" + record.id().shortForm(), e);
        }
    }

    private HealthFile fileOf(ContainerRecord record) {
        return new HealthFile(containers.directories().home(record.id()).resolve("health.json"));
    }

    private void watch(ContainerRecord record, Probe probe, Health health) {
        Healthcheck check = record.config().healthcheck().orElseThrow();
        Instant startedAt = record.state().startedAt().orElseGet(clock::instant);
        known.put(record.id(), health);
        keep(record, health);
        HealthWatch.Subject subject =
                new ProbedContainer(record.id(), probe, containers, commands, sockets, this::changed);
        HealthWatch old =
                watches.put(record.id(), HealthWatch.begin(check, startedAt, health, subject, schedule, clock));
        if (old != null) {
            old.stop();
        }
    }

    /** Takes a change; a container that is gone meanwhile is of no interest. */
    private void changed(ContainerId id, Health before, Health after) {
        HealthWatch current = watches.computeIfPresent(id, (key, watch) -> {
            known.put(id, after);
            return watch;
        });
        if (current == null) {
            return;
        }
        try {
            ContainerRecord record = containers.get(id.value());
            if (before.status() != after.status() || before.failingStreak() != after.failingStreak()) {
                keep(record, after);
            }
            if (before.status() != after.status()) {
                containers
                        .events()
                        .publish(record, "health_status: " + after.status().text());
                if (after.status() == Health.Status.UNHEALTHY) {
                    executor.execute(() -> act(id));
                }
            }
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    private void act(ContainerId id) {
        try {
            containers.actOnFailingHealth(id.value());
        } catch (EngineException e) {
            // nobody asked just now who could be told
            LOG.log(Level.WARNING, "unhealthy container left as it is container=" + id.shortForm(), e);
        }
    }

    @Override
    public void close() {
        watches.values().forEach(HealthWatch::stop);
        sockets.close();
    }
}
