package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.linux.process.ExitWatcher;
import dev.gantry.daemon.linux.process.PidFd;
import java.util.concurrent.CompletableFuture;

/** A monitor: started by this daemon, by an earlier one, or gone already. */
sealed interface MonitorProcess extends AutoCloseable {

    /** Completes when the monitor has ended. */
    CompletableFuture<Void> watch(ExitWatcher watcher);

    /** Releases the process; it has ended. */
    @Override
    void close();

    /** Our child. */
    record Own(ChildProcess process) implements MonitorProcess {
        @Override
        public CompletableFuture<Void> watch(ExitWatcher watcher) {
            return watcher.watch(process.pidFd());
        }

        @Override
        public void close() {
            process.reap();
            process.close();
        }
    }

    /** The child of a daemon before us. */
    record Foreign(PidFd process) implements MonitorProcess {
        @Override
        public CompletableFuture<Void> watch(ExitWatcher watcher) {
            return watcher.watch(process);
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** Ended while no daemon looked. */
    record Gone() implements MonitorProcess {
        @Override
        public CompletableFuture<Void> watch(ExitWatcher watcher) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }
}
