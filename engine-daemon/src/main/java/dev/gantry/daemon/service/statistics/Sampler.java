package dev.gantry.daemon.service.statistics;

import dev.gantry.daemon.linux.process.HostProcessors;
import dev.gantry.daemon.linux.process.InterfaceCounters;
import dev.gantry.daemon.runtime.cgroup.ContainerCgroup;
import dev.gantry.daemon.runtime.cgroup.UsageReader;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.NetworkMode;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Samples one container for all who watch it: the first whose turn it is reads the kernel's counters, those who come
 * soon after share what was read. There is no thread of its own, so that without readers nothing is sampled, and a
 * container that keeps a reader waiting keeps waiting nobody but its own readers.
 */
final class Sampler {

    private final Clock clock;
    private final Function<ContainerRecord, ContainerCgroup> cgroups;
    private int readers;
    private int pid;
    private long takenAt;
    private @Nullable UsageReader counters;
    private @Nullable Sample last;

    Sampler(Clock clock, Function<ContainerRecord, ContainerCgroup> cgroups) {
        this.clock = clock;
        this.cgroups = cgroups;
    }

    /** Counts readers up or down; returns how many there are. Guarded by the service. */
    int readers(int change) {
        readers += change;
        return readers;
    }

    /** A sample of the container's present run, no older than asked for. */
    synchronized Sample sample(ContainerRecord record, Duration maximumAge) {
        Sample present = last;
        boolean sameRun = pid == record.state().pid();
        if (sameRun && present != null && System.nanoTime() - takenAt < maximumAge.toNanos()) {
            return present;
        }
        UsageReader reader = counters;
        if (reader == null || !sameRun) {
            reader = new UsageReader(cgroups.apply(record));
            counters = reader;
            pid = record.state().pid();
        }
        Sample taken = new Sample(clock.instant(), reader.read(), HostProcessors.now(), interfaces(record));
        takenAt = System.nanoTime();
        last = taken;
        return taken;
    }

    private static Map<String, InterfaceCounters> interfaces(ContainerRecord record) {
        return record.host().network() instanceof NetworkMode.Host
                ? Map.of()
                : InterfaceCounters.of(record.state().pid());
    }
}
