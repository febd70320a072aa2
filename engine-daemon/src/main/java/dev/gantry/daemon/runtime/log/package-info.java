/** Reads the logs that monitors write. Entry class: {@code LogReader}. */
@NullMarked
package dev.gantry.daemon.runtime.log;

import org.jspecify.annotations.NullMarked;
