package dev.gantry.api;

/**
 * The size of a volume and its users; -1 where not computed.
 */
public record VolumeUsage(long size, long refCount) {}
