/** Holds containers through conmon, which outlives the daemon. Entry class: ConmonRuntime. Must not import store, network or service. */
@NullMarked
package dev.gantry.daemon.runtime.monitor;

import org.jspecify.annotations.NullMarked;
