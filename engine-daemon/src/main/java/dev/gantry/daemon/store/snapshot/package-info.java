/**
 * The root file systems of containers, overlays on layers. Enter through {@link
 * dev.gantry.daemon.store.snapshot.SnapshotStore}. Must not depend on runtime, network or service.
 */
@NullMarked
package dev.gantry.daemon.store.snapshot;

import org.jspecify.annotations.NullMarked;
