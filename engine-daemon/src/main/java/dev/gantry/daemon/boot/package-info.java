/**
 * Spring wiring, configuration, start and stop. Enter at {@link dev.gantry.daemon.boot.GantryApplication}. Nothing may
 * depend on it.
 */
@NullMarked
package dev.gantry.daemon.boot;

import org.jspecify.annotations.NullMarked;
