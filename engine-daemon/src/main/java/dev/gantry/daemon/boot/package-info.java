/** Spring wiring, configuration, start and stop. */
@NullMarked
package dev.gantry.daemon.boot;

import org.jspecify.annotations.NullMarked;
