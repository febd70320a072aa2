package dev.gantry.daemon.store.layer;

import dev.gantry.registry.Digest;

/**
 * An unpacked layer.
 *
 * @param diffId hash of its uncompressed archive
 * @param size bytes of its files
 * @param link number of its short name
 */
public record Layer(Digest diffId, long size, long link) {}
