package dev.gantry.daemon.service.container;

/**
 * How a container's run ended, as waiters are told.
 *
 * @param code the exit status
 * @param error why it could not be started; empty otherwise
 */
public record ExitStatus(int code, String error) {}
