/** Connects callers to the standard streams of processes. Entry classes: MonitorAttachment, ProcessAttachment. Must not import store, network or service. */
@NullMarked
package dev.gantry.daemon.runtime.stream;

import org.jspecify.annotations.NullMarked;
