package dev.gantry.daemon.runtime;

import java.time.Instant;

/**
 * How a process ended.
 *
 * @param code the exit status, 128 + signal where a signal ended it
 * @param outOfMemory whether the kernel ended it for want of memory
 * @param at when it ended
 */
public record TaskExit(int code, boolean outOfMemory, Instant at) {}
