package dev.gantry.daemon.service.container;

/**
 * Is told of the runs of containers, in their order, by the thread that holds the container's lock: it must neither block
 * nor call the container service.
 */
public interface ContainerObserver {

    /** A run begins. */
    void started(ContainerRecord record);

    /** The engine has started and knows a container from its earlier life, running or not. */
    void found(ContainerRecord record);

    /** A run has ended. */
    void ended(ContainerRecord record);

    /** The container is gone. */
    void removed(ContainerRecord record);
}
