/**
 * Work that is to be done later. Enter through {@link dev.gantry.daemon.service.schedule.Schedule}; it knows nothing of
 * what the work is.
 */
@NullMarked
package dev.gantry.daemon.service.schedule;

import org.jspecify.annotations.NullMarked;
