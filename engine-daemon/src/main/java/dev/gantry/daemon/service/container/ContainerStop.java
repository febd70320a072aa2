package dev.gantry.daemon.service.container;

import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.Signal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends containers' processes: by a signal, or by a signal and then by force. */
final class ContainerStop {

    /** How long KILL may take before the engine gives up: a process can be stuck in the kernel. */
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(10);

    private final ContainerEvents events;
    private final ContainerRestarts restarts;

    ContainerStop(ContainerEvents events, ContainerRestarts restarts) {
        this.events = events;
        this.restarts = restarts;
    }

    /**
     * Sends the stop signal, waits, kills.
     *
     * @param signal absent: the container's own
     * @param timeout absent: the container's own; negative: for ever
     * @throws EngineException not modified where it does not run
     */
    void stop(Container container, Optional<Signal> signal, Optional<Duration> timeout) {
        ContainerConfig config = container.record().config();
        CompletableFuture<ExitStatus> exit = container.waitFor(WaitCondition.NEXT_EXIT);
        switch (restarts.endByHand(container)) {
            case AT_REST -> throw EngineException.notModified("container " + container.id() + " is already stopped");
            case CALLED_OFF -> {}
            case RUNNING -> {
                send(container, signal.orElse(config.effectiveStopSignal()));
                end(container, exit, timeout.orElse(config.effectiveStopTimeout()));
            }
        }
        events.publish(container.record(), "stop");
    }

    /** Ends a run that is to be followed by another, or by what the restart policy says; does nothing where there is none. */
    void end(Container container, Signal signal, Duration timeout) {
        CompletableFuture<ExitStatus> exit = container.waitFor(WaitCondition.NEXT_EXIT);
        if (container.state().running()) {
            send(container, signal);
            end(container, exit, timeout);
        }
    }

    private void end(Container container, CompletableFuture<ExitStatus> exit, Duration timeout) {
        if (!ended(exit, timeout)) {
            send(container, Signal.KILL);
            if (!ended(exit, KILL_DEADLINE)) {
                throw stuck(container);
            }
        }
        settled(container);
    }

    /**
     * Sends a signal; with KILL, waits for the end.
     *
     * @throws EngineException conflict where the container does not run
     */
    void kill(Container container, Signal signal) {
        CompletableFuture<ExitStatus> exit = container.waitFor(WaitCondition.NEXT_EXIT);
        if (!container.state().up()) {
            throw container.record().notRunning();
        }
        if (meansEnd(container, signal)) {
            if (restarts.endByHand(container) == ContainerRestarts.Standing.CALLED_OFF) {
                return;
            }
        } else if (!container.state().running()) {
            // compat: docker lets a signal to a container that is being restarted go by
            return;
        }
        send(container, signal);
        if (signal.equals(Signal.KILL)) {
            if (!ended(exit, KILL_DEADLINE)) {
                throw stuck(container);
            }
            settled(container);
        }
    }

    /** Other signals are for the program to interpret: one that ends by them is restarted as its policy says. */
    private static boolean meansEnd(Container container, Signal signal) {
        return signal.equals(Signal.KILL)
                || signal.equals(container.record().config().effectiveStopSignal());
    }

    private void send(Container container, Signal signal) {
        container.task().ifPresent((Task task) -> task.signal(signal));
        events.publish(container.record(), "kill", Map.of("signal", Integer.toString(signal.number())));
    }

    /** Waits for an end; a negative time is for ever. */
    static boolean ended(CompletableFuture<ExitStatus> exit, Duration timeout) {
        try {
            if (timeout.isNegative()) {
                exit.get();
            } else {
                exit.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EngineException.unavailable("interrupted while waiting for a container to end");
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of a container never fails", e);
        }
    }

    /** Returns once the thread that handles the end has let go of the container. */
    private static void settled(Container container) {
        container.exclusively(() -> container);
    }

    private static EngineException stuck(Container container) {
        return EngineException.internal(
                "container " + container.record().name() + " does not end " + KILL_DEADLINE.toSeconds()
                        + " s after SIGKILL: a process of it (first: pid "
                        + container.state().pid() + ") is stuck in the kernel",
                new TimeoutException("no exit"));
    }
}
