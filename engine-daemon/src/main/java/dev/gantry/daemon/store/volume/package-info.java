/**
 * Volumes of the local driver. Enter through {@link dev.gantry.daemon.store.volume.VolumeStore}. Must not depend on
 * runtime, network or service.
 */
@NullMarked
package dev.gantry.daemon.store.volume;

import org.jspecify.annotations.NullMarked;
