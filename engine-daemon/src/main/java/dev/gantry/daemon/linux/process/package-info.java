/** Starts host programs and watches processes by descriptor. Entry class: Spawner. Must not import any other engine package but type and linux. */
@NullMarked
package dev.gantry.daemon.linux.process;

import org.jspecify.annotations.NullMarked;
