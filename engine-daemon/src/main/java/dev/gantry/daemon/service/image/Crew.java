package dev.gantry.daemon.service.image;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work for one task and end with it. The first failure of any of them is thrown to the one who waits for
 * any of them. The one who made it starts, waits and closes; closing interrupts those at work and waits for their end.
 */
final class Crew implements AutoCloseable {

    private static final Duration LEAVING = Duration.ofMinutes(1);
    private static final long WAIT_MILLIS = 1_000;

    private final String name;
    private final List<Thread> threads = new ArrayList<>();
    private final Object change = new Object();
    private @Nullable Exception failure;
    private boolean interrupted;

    Crew(String name) {
        this.name = name;
    }

    /** The result of one member's work. */
    final class Member<T> {
        private @Nullable T result;

        /**
         * Waits for the result.
         *
         * @throws RuntimeException that ended this member, or another
         */
        T await() throws InterruptedException {
            synchronized (change) {
                while (result == null && failure == null) {
                    change.wait(WAIT_MILLIS);
                }
                if (result != null) {
                    return result;
                }
                if (failure instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                if (failure instanceof RuntimeException reason) {
                    throw reason;
                }
                throw new IllegalStateException("A part of the work failed: " + name, failure);
            }
        }

        private void finish(T value) {
            synchronized (change) {
                result = value;
                change.notifyAll();
            }
        }
    }

    /** Starts a thread. */
    <T> Member<T> start(Callable<T> work) {
        Member<T> member = new Member<>();
        Thread thread = new Thread(() -> perform(member, work), name + "-" + threads.size());
        thread.setDaemon(true);
        thread.start();
        synchronized (change) {
            threads.add(thread);
            if (interrupted) {
                thread.interrupt();
            }
        }
        return member;
    }

    /** Asks all members to end, those who come later too. */
    void interrupt() {
        synchronized (change) {
            interrupted = true;
            threads.forEach(Thread::interrupt);
        }
    }

    private <T> void perform(Member<T> member, Callable<T> work) {
        try {
            member.finish(work.call());
        } catch (Exception e) {
            synchronized (change) {
                if (failure == null) {
                    failure = e;
                }
                change.notifyAll();
            }
        }
    }

    @Override
    public void close() {
        interrupt();
        boolean wasInterrupted = false;
        long deadline = System.nanoTime() + LEAVING.toNanos();
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new IllegalStateException("A thread does not end though it was told to: " + thread.getName());
                }
                try {
                    thread.join(left);
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                }
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
