package dev.gantry.daemon.service.event;

/**
 * An event in its place.
 *
 * @param number one more than that of the event before, over all lives of the daemon
 */
record NumberedEvent(long number, EngineEvent event) {}
