package dev.gantry.daemon.runtime.oci;

import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.linux.process.Command;
import dev.gantry.daemon.linux.process.Spawner;

/** Starts runtimes and monitors where they can work. Safe for use by many threads. */
public interface Launcher extends AutoCloseable {

    ChildProcess spawn(Command command);

    /** Makes the mounts of the host, as they are now, visible to what is started from here on. */
    void refresh();

    @Override
    void close();

    /** Starts them in the daemon's own namespaces. */
    static Launcher direct() {
        return new Launcher() {
            @Override
            public ChildProcess spawn(Command command) {
                return Spawner.spawn(command);
            }

            @Override
            public void refresh() {}

            @Override
            public void close() {}
        };
    }
}
