package dev.gantry.daemon.runtime.log;

import java.nio.file.Path;
import java.time.Instant;

/**
 * One file of a log, as it was when it was looked at.
 *
 * @param number greater than that of every earlier file
 * @param file its name for as long as it exists
 * @param compressed whether it is compressed
 * @param key who it is, under whichever name
 * @param size in bytes on disk
 * @param lastWritten when something was written to it last
 */
record Segment(long number, Path file, boolean compressed, Object key, long size, Instant lastWritten) {}
