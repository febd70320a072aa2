package dev.gantry.daemon.boot;

import dev.gantry.daemon.api.wire.Connections;
import org.springframework.context.SmartLifecycle;

/** Ends the open streams when the daemon stops, before the web server waits for its requests. */
final class OpenStreams implements SmartLifecycle {

    private final Connections connections;
    private volatile boolean running;

    OpenStreams(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        connections.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
