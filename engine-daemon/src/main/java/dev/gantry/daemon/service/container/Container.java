package dev.gantry.daemon.service.container;

import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.service.schedule.Appointment;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A container in memory. Its record is an immutable snapshot that anybody may read at any time; it is replaced only by
 * the thread that holds the container's lock, so that a stuck container never delays a reader.
 */
final class Container {

    /** Longer than any single step of a life cycle may take. */
    private static final Duration LOCK_DEADLINE = Duration.ofMinutes(2);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Object waiters = new Object();
    private volatile ContainerRecord record;
    private volatile @Nullable Task task;
    private final AtomicBoolean claimedForRemoval = new AtomicBoolean();
    private volatile boolean restarting;
    private final Backoff backoff = new Backoff();
    private Appointment pendingRestart = () -> {};
    private final AtomicBoolean restartWish = new AtomicBoolean();
    private CompletableFuture<ExitStatus> nextExit = new CompletableFuture<>();
    private CompletableFuture<ExitStatus> rest = new CompletableFuture<>();
    private final CompletableFuture<ExitStatus> removed = new CompletableFuture<>();
    private final List<PendingAttachment> pending = new ArrayList<>();

    Container(ContainerRecord record) {
        this.record = record;
    }

    private record PendingAttachment(boolean stdin, CompletableFuture<Attachment> attachment) {}

    ContainerRecord record() {
        return record;
    }

    ContainerId id() {
        return record.id();
    }

    ContainerState state() {
        return record.state();
    }

    /** Whether its end is the middle of a restart, which does not remove it. */
    boolean restarting() {
        return restarting;
    }

    void restarting(boolean now) {
        restarting = now;
        if (!now) {
            announceRest();
        }
    }

    /** How long to wait before its next restart; the lock is held. */
    Backoff backoff() {
        requireLock();
        return backoff;
    }

    /** Replaces the appointment for its restart, calling the old one off. */
    void pending(Appointment restart) {
        requireLock();
        pendingRestart.cancel();
        pendingRestart = restart;
    }

    /** Wishes that the end of this run be followed by another, whatever the policy. */
    void wishRestart() {
        restartWish.set(true);
    }

    boolean takeRestartWish() {
        return restartWish.getAndSet(false);
    }

    Optional<Task> task() {
        return Optional.ofNullable(task);
    }

    /** Runs a step of the life cycle while no other can. */
    <T> T exclusively(Supplier<T> step) {
        try {
            if (!lock.tryLock(LOCK_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw EngineException.unavailable("container " + id().shortForm()
                        + " is busy with another operation that has not ended within " + LOCK_DEADLINE.toSeconds()
                        + " s; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EngineException.unavailable("interrupted while waiting for container " + id().shortForm());
        }
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    void replace(ContainerRecord newRecord) {
        requireLock();
        record = newRecord;
    }

    void replaceTask(@Nullable Task newTask) {
        requireLock();
        task = newTask;
    }

    /** Takes the removal for the caller; false where somebody else has it. Needs no lock. */
    boolean claimRemoval() {
        return claimedForRemoval.compareAndSet(false, true);
    }

    /** Gives the removal back after it could not begin. */
    void abandonRemoval() {
        claimedForRemoval.set(false);
    }

    private void requireLock() {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("The container's lock is not held");
        }
    }

    /** The future that a waiter for a condition is answered by. */
    CompletableFuture<ExitStatus> waitFor(WaitCondition condition) {
        synchronized (waiters) {
            return switch (condition) {
                case REMOVED -> removed.copy();
                // whoever found the container just before it went would wait for ever
                case NEXT_EXIT -> removed.isDone() ? removed.copy() : nextExit.copy();
                case NOT_RUNNING -> state().up() ? nextExit.copy() : CompletableFuture.completedFuture(lastExit());
                case AT_REST ->
                    state().up() || restarting ? rest.copy() : CompletableFuture.completedFuture(lastExit());
            };
        }
    }

    /** Tells those who wait for the end of a run; later ones wait for the next. Called after the record is replaced. */
    void announceExit(ExitStatus status) {
        CompletableFuture<ExitStatus> ended;
        synchronized (waiters) {
            ended = nextExit;
            nextExit = new CompletableFuture<>();
        }
        ended.complete(status);
        announceRest();
    }

    /** Tells those who wait until nothing runs and nothing is about to, where that is so. */
    private void announceRest() {
        CompletableFuture<ExitStatus> ended;
        synchronized (waiters) {
            if (state().up() || restarting) {
                return;
            }
            ended = rest;
            rest = new CompletableFuture<>();
        }
        ended.complete(lastExit());
    }

    private ExitStatus lastExit() {
        return new ExitStatus(state().exitCode(), state().error());
    }

    void announceRemoval() {
        ExitStatus status = new ExitStatus(state().exitCode(), "");
        removed.complete(status);
        announceExit(status);
        List<PendingAttachment> left;
        synchronized (waiters) {
            left = List.copyOf(pending);
            pending.clear();
        }
        left.forEach(p -> p.attachment().completeExceptionally(EngineException.notFound("No such container: " + id())));
    }

    /** Connects to the running process, or gives the connection that will be made just before the next one starts. */
    CompletableFuture<Attachment> attach(boolean stdin) {
        return exclusively(() -> {
            if (state().status() == ContainerState.Status.REMOVING) {
                throw EngineException.conflict(
                        "container " + id() + " is marked for removal and cannot be attached to");
            }
            if (state().status() == ContainerState.Status.RESTARTING) {
                throw record.notRunning();
            }
            Task running = task;
            if (state().running() && running != null) {
                return CompletableFuture.completedFuture(running.attach(stdin));
            }
            PendingAttachment waiting = new PendingAttachment(stdin, new CompletableFuture<>());
            synchronized (waiters) {
                pending.add(waiting);
            }
            CompletableFuture<Attachment> unused = waiting.attachment().whenComplete((attachment, failure) -> {
                synchronized (waiters) {
                    pending.remove(waiting);
                }
            });
            return waiting.attachment();
        });
    }

    /** Connects those who wait to a process that is created and not yet started, so that they see all its output. */
    void connectPending(Task created) {
        List<PendingAttachment> waiting;
        synchronized (waiters) {
            waiting = List.copyOf(pending);
        }
        for (PendingAttachment one : waiting) {
            Attachment attachment = created.attach(one.stdin());
            if (!one.attachment().complete(attachment)) {
                attachment.close();
            }
        }
    }

    /** A start failed: whoever waits to be attached is told, as no output will come. */
    void failPending(RuntimeException reason) {
        List<PendingAttachment> waiting;
        synchronized (waiters) {
            waiting = List.copyOf(pending);
        }
        waiting.forEach(p -> p.attachment().completeExceptionally(reason));
    }
}
