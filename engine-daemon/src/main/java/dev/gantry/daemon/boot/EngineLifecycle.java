package dev.gantry.daemon.boot;

/**
 * The engine behind the API. Started before the first socket is bound, so that whoever reaches the daemon finds it able
 * to work; stopped after the last request. Containers run on through both.
 */
public interface EngineLifecycle {

    /** Makes the engine able to work; returns when it is. An exception ends the daemon. */
    void start();

    /** Lets go of what the process holds. Containers, mounts and rules stay. */
    void stop();
}
