/**
 * Unpacked image layers by the hash of their uncompressed archive. Enter through {@link
 * dev.gantry.daemon.store.layer.LayerStore}. Must not depend on runtime, network or service.
 */
@NullMarked
package dev.gantry.daemon.store.layer;

import org.jspecify.annotations.NullMarked;
