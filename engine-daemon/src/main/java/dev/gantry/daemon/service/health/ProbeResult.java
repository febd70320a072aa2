package dev.gantry.daemon.service.health;

import java.time.Instant;

/**
 * What one look showed.
 *
 * @param start when it began
 * @param end when it ended
 * @param exitCode 0: well; -1: the look itself failed, or took too long
 * @param output what was seen, for people
 */
public record ProbeResult(Instant start, Instant end, int exitCode, String output) {}
