package dev.gantry.daemon.boot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts the engine before the web server binds its sockets and stops it after the server has ended. */
final class DaemonLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonLifecycle.class);

    private final EngineLifecycle engine;
    private final RootLocks locks;
    private volatile boolean running;

    DaemonLifecycle(EngineLifecycle engine, RootLocks locks) {
        this.engine = engine;
        this.locks = locks;
    }

    @Override
    public void start() {
        long begin = System.nanoTime();
        engine.start();
        running = true;
        LOG.info("engine started took={}ms", (System.nanoTime() - begin) / 1_000_000);
    }

    @Override
    public void stop() {
        running = false;
        engine.stop();
        locks.close();
        LOG.info("engine stopped");
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Lower than the web server's phase: first to start, last to stop. */
    @Override
    public int getPhase() {
        return 0;
    }
}
