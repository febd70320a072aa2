package dev.gantry.daemon.service.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers who ask for the same work share one run of it: who comes later hears what was told so far, then goes
 * along. The run is cancelled when its last listener has gone. Thread-safe.
 *
 * @param <K> tells which work is the same
 */
final class SharedWork<K> {

    private static final long WAIT_MILLIS = 1_000;

    private final Executor executor;
    private final Map<K, Run> runs = new HashMap<>();

    /**
     * @param executor gives every run a thread of its own
     */
    SharedWork(Executor executor) {
        this.executor = executor;
    }

    /** What a run does, on a thread of its own, telling its listeners, until its end or its cancellation. */
    @FunctionalInterface
    interface Work {
        void run(Consumer<ImageProgress> listeners, Cancellation cancellation) throws InterruptedException;
    }

    /**
     * Does the work, or goes along with the run that is under way, until its end. Events come on the calling thread.
     *
     * @throws IOException where the sink throws it; the others go on
     * @throws RuntimeException that ended the run
     */
    void join(K key, Work work, ProgressSink sink) throws IOException, InterruptedException {
        Listener listener = new Listener();
        Run run = enter(key, work, listener);
        try {
            follow(run, listener, sink);
        } finally {
            leave(key, run, listener);
        }
    }

    private Run enter(K key, Work work, Listener listener) {
        synchronized (runs) {
            Run run = runs.get(key);
            if (run == null) {
                run = new Run();
                runs.put(key, run);
                Run started = run;
                run.listen(listener);
                executor.execute(() -> perform(key, started, work));
            } else {
                run.listen(listener);
            }
            return run;
        }
    }

    private void leave(K key, Run run, Listener listener) {
        synchronized (runs) {
            if (run.forget(listener)) {
                runs.remove(key, run);
                run.cancellation.request();
            }
        }
    }

    private void perform(K key, Run run, Work work) {
        RuntimeException failure = null;
        try {
            work.run(run::tell, run.cancellation);
        } catch (InterruptedException e) {
            failure = new IllegalStateException("The work was given up: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            synchronized (runs) {
                runs.remove(key, run);
            }
            run.end(failure);
        }
    }

    private void follow(Run run, Listener listener, ProgressSink sink) throws IOException, InterruptedException {
        while (true) {
            List<ImageProgress> events;
            boolean ended;
            synchronized (run) {
                while (listener.pending.isEmpty() && !run.ended) {
                    run.wait(WAIT_MILLIS);
                }
                events = listener.pending.drain();
                ended = run.ended;
            }
            for (ImageProgress event : events) {
                sink.accept(event);
            }
            if (ended) {
                run.rethrow();
                return;
            }
        }
    }

    /** One listener's events that it has not taken yet; guarded by its run. */
    private static final class Listener {
        final Transcript pending = new Transcript();
    }

    private static final class Run {

        private final Transcript told = new Transcript();
        private final List<Listener> listeners = new ArrayList<>();
        private final Cancellation cancellation = new Cancellation();
        private boolean ended;
        private @Nullable RuntimeException failure;

        synchronized void listen(Listener listener) {
            listener.pending.addAll(told);
            listeners.add(listener);
        }

        /** Returns whether nobody listens any more to a run that goes on. */
        synchronized boolean forget(Listener listener) {
            listeners.remove(listener);
            return listeners.isEmpty() && !ended;
        }

        synchronized void tell(ImageProgress event) {
            told.add(event);
            listeners.forEach(listener -> listener.pending.add(event));
            notifyAll();
        }

        synchronized void end(@Nullable RuntimeException reason) {
            ended = true;
            failure = reason;
            notifyAll();
        }

        synchronized void rethrow() {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
