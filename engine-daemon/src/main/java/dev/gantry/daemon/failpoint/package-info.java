/**
 * Named places at which a test lets the daemon die. Enter through {@link dev.gantry.daemon.failpoint.Failpoint}; known to
 * every package that writes, knows none.
 */
@NullMarked
package dev.gantry.daemon.failpoint;

import org.jspecify.annotations.NullMarked;
