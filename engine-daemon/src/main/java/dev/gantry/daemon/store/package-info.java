/** Keeps content, layers, snapshots, metadata and volumes. Must not import runtime, network or service. */
@NullMarked
package dev.gantry.daemon.store;

import org.jspecify.annotations.NullMarked;
