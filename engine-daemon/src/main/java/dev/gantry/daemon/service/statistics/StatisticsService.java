package dev.gantry.daemon.service.statistics;

import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells what containers use. Safe for use by many threads; all readers of a container share its samples. */
public final class StatisticsService {

    /** How long apart samples are meant to be. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Readers that are out of step share a sample, and are in step from then on. */
    private static final Duration SHARED_FOR = INTERVAL.dividedBy(2);

    private final ContainerService containers;
    private final Clock clock;
    private final Map<ContainerId, Sampler> samplers = new HashMap<>();

    public StatisticsService(ContainerService containers, Clock clock) {
        this.containers = containers;
        this.clock = clock;
    }

    /**
     * Begins to look at a container. The caller closes the result.
     *
     * @throws EngineException not found
     */
    public Observation observe(String reference) {
        ContainerId id = containers.get(reference).id();
        Sampler sampler;
        synchronized (samplers) {
            sampler = samplers.computeIfAbsent(id, key -> new Sampler(clock, containers::cgroup));
            sampler.readers(1);
        }
        return new Observation(id, sampler);
    }

    private void release(ContainerId id, Sampler sampler) {
        synchronized (samplers) {
            if (sampler.readers(-1) == 0) {
                samplers.remove(id);
            }
        }
    }

    /** How many containers are being looked at. */
    int observed() {
        synchronized (samplers) {
            return samplers.size();
        }
    }

    /** One reader's look at a container. For one thread. */
    public final class Observation implements AutoCloseable {

        private final ContainerId id;
        private final Sampler sampler;
        private boolean open = true;

        private Observation(ContainerId id, Sampler sampler) {
            this.id = id;
            this.sampler = sampler;
        }

        /**
         * What the container uses about now; empty while it does not run.
         *
         * @throws EngineException not found, once it is removed
         */
        public Optional<Sample> sample() {
            ContainerRecord record = container();
            if (!record.state().running() || record.state().pid() == 0) {
                return Optional.empty();
            }
            Sample sample = sampler.sample(record, SHARED_FOR);
            // the counters of a cgroup that went meanwhile are all zero, which is not what it used
            return container().state().pid() == record.state().pid() ? Optional.of(sample) : Optional.empty();
        }

        /** The container as it stands. */
        public ContainerRecord container() {
            return containers.get(id.value());
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                release(id, sampler);
            }
        }
    }
}
