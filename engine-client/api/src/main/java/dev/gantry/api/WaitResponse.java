package dev.gantry.api;

import org.jspecify.annotations.Nullable;

/**
 * How a container ended.
 */
public record WaitResponse(
        long statusCode, @OmitNull @Nullable WaitError error) {}
