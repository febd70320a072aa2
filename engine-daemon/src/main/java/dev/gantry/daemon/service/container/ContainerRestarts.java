package dev.gantry.daemon.service.container;

import dev.gantry.daemon.service.schedule.Schedule;
import dev.gantry.daemon.type.ContainerId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts containers again by their restart policies, each after a delay that grows. Until the engine has taken up what
 * its earlier life left, starts are only collected; then they happen in the order of dependencies.
 */
final class ContainerRestarts {

    private final ContainerIndex index;
    private final Schedule schedule;
    private final StartQueue queue;
    private final Consumer<Container> starter;
    private final Map<ContainerId, Container> collected = new LinkedHashMap<>();
    private boolean collecting = true;

    /** @param starter starts one whose restart is due, unless that was called off meanwhile */
    ContainerRestarts(ContainerIndex index, Schedule schedule, StartQueue queue, Consumer<Container> starter) {
        this.index = index;
        this.schedule = schedule;
        this.queue = queue;
        this.starter = starter;
    }

    /**
     * Puts the end of a run, or the failure of a start of the engine's own, on record: the container is to be started
     * again or at rest. The caller saves the record. The container's lock is held.
     *
     * @param ended the state without regard to what follows
     * @return whether it is to be started again; {@link #plan} then says when
     */
    boolean decide(Container container, ContainerState ended) {
        ContainerRecord record = container.record();
        // both are looked at: a wish for a restart must not outlast the run it was made for
        boolean wanted = container.takeRestartWish() && !record.stoppedByHand();
        boolean again = !container.restarting() && (wanted || isDue(record, ended.exitCode()));
        container.replace(
                again
                        ? record.withState(ended.restarting()).withRestarts(record.restartCount() + 1, false)
                        : record.withState(ended.atRest()));
        return again;
    }

    private static boolean isDue(ContainerRecord record, int exitCode) {
        return !record.stoppedByHand() && record.host().restart().restartsAfter(exitCode, record.restartCount());
    }

    /**
     * Sees to it that a container is started again in a while. The container's lock is held.
     *
     * @param uptime of the run that has ended
     */
    void plan(Container container, Duration uptime) {
        Duration delay = container.backoff().next(uptime);
        synchronized (collected) {
            if (collecting) {
                collected.put(container.id(), container);
                return;
            }
        }
        container.pending(schedule.in(delay, () -> queue.add(() -> starter.accept(container))));
    }

    /**
     * Starts a container at the engine's start that does not run, where its policy wants that. One that a user stopped
     * stays down, except with {@link RestartPolicy.Kind#ALWAYS}, which holds anew in each life of the engine.
     */
    void revive(Container container) {
        container.exclusively(() -> {
            ContainerRecord record = container.record();
            ContainerState state = record.state();
            boolean ranBefore = state.status() == ContainerState.Status.EXITED
                    && state.startedAt().isPresent();
            boolean always = record.host().restart().kind() == RestartPolicy.Kind.ALWAYS;
            if (state.status() == ContainerState.Status.RESTARTING) {
                plan(container, Duration.ZERO);
            } else if (ranBefore && (always || isDue(record, state.exitCode()))) {
                container.replace(record.withState(state.restarting()).withRestarts(record.restartCount() + 1, false));
                plan(container, Duration.ZERO);
            }
            return container;
        });
    }

    /** Begins with what was collected; from now on each restart happens when its delay is over. */
    void open() {
        Map<ContainerId, Container> starting;
        synchronized (collected) {
            starting = new LinkedHashMap<>(collected);
            collected.clear();
            collecting = false;
        }
        List<ContainerRecord> records =
                starting.values().stream().map(Container::record).toList();
        StartOrder.run(records, queue, id -> {
            Container container = starting.get(id);
            if (container != null) {
                starter.accept(container);
            }
        });
    }

    /** How a container stands when a user wants it to end. */
    enum Standing {
        /** It runs; its end will not be followed by a start. */
        RUNNING,
        /** It waited for its restart, which will not come. */
        CALLED_OFF,
        AT_REST
    }

    /** Makes a user's wish that a container end hold against its restart policy, over crashes of the engine too. */
    Standing endByHand(Container container) {
        return container.exclusively(() -> switch (container.state().status()) {
            case RUNNING -> {
                if (!container.restarting()) {
                    markStopped(container);
                }
                yield Standing.RUNNING;
            }
            case RESTARTING -> {
                callOff(container);
                yield Standing.CALLED_OFF;
            }
            default -> Standing.AT_REST;
        });
    }

    private void markStopped(Container container) {
        ContainerRecord record = container.record();
        if (!record.stoppedByHand()) {
            container.replace(record.withRestarts(record.restartCount(), true));
            if (record.host().restart().kind() != RestartPolicy.Kind.NO) {
                index.save(container.record());
            }
        }
    }

    private void callOff(Container container) {
        container.pending(() -> {});
        ContainerRecord record = container.record();
        container.replace(record.withState(record.state().atRest()).withRestarts(record.restartCount(), true));
        index.save(container.record());
        container.announceExit(
                new ExitStatus(record.state().exitCode(), record.state().error()));
    }

    /** Gives a container another policy, which holds at once: one that waits for a restart it would not get is left at rest. */
    void change(Container container, RestartPolicy policy) {
        container.exclusively(() -> {
            ContainerRecord record = container.record();
            container.replace(record.withHost(record.host().withRestart(policy)));
            index.save(container.record());
            boolean waits = container.state().status() == ContainerState.Status.RESTARTING;
            if (waits && policy.kind() == RestartPolicy.Kind.NO) {
                callOff(container);
            }
            return container;
        });
    }
}
