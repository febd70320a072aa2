package dev.gantry.daemon.service.container;

/** What a client waits for. */
public enum WaitCondition {
    /** The container does not run: at once where it does not run now. */
    NOT_RUNNING,
    /** The container ends the next time, be it running now or not. */
    NEXT_EXIT,
    /** The container neither runs nor is about to be started again: at once where that is so now. */
    AT_REST,
    /** The container is gone. */
    REMOVED
}
