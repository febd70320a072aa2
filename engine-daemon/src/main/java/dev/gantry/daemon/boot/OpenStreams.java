package dev.gantry.daemon.boot;

import dev.gantry.daemon.api.wire.Connections;
import dev.gantry.daemon.linux.ServiceNotification;
import org.springframework.context.SmartLifecycle;

/** Tells the service manager that the daemon stops and ends the open streams, before the web server waits for its requests. */
final class OpenStreams implements SmartLifecycle {

    private final Connections connections;
    private final ServiceNotification manager;
    private volatile boolean running;

    OpenStreams(Connections connections, ServiceNotification manager) {
        this.manager = manager;
        this.connections = connections;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        manager.stopping();
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
