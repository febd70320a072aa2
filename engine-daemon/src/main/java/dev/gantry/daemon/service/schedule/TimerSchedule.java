package dev.gantry.daemon.service.schedule;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A schedule by the machine's monotonic clock. One thread waits for all that is due and only hands it on, however much
 * that is; the work runs on the executor.
 */
public final class TimerSchedule implements Schedule, AutoCloseable {

    private final ScheduledThreadPoolExecutor timer;
    private final Executor executor;

    /** @param executor runs what is due; tasks on it may block */
    public TimerSchedule(Executor executor) {
        this.executor = executor;
        this.timer = new ScheduledThreadPoolExecutor(1, TimerSchedule::thread);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "engine-schedule", 256 * 1024);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Appointment in(Duration delay, Runnable work) {
        Future<?> due = timer.schedule(() -> executor.execute(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> due.cancel(false);
    }

    /** Calls everything off. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
