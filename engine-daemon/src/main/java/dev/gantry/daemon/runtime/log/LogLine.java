package dev.gantry.daemon.runtime.log;

import dev.gantry.daemon.type.StreamType;
import java.time.Instant;

/**
 * What a container wrote, a line or a part of one.
 *
 * @param time when
 * @param stream where
 * @param partial whether the line goes on
 * @param text without a newline; the receiver's own
 */
public record LogLine(Instant time, StreamType stream, boolean partial, byte[] text) {}
