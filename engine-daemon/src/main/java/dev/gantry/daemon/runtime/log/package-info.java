/**
 * Reads the logs that monitors write. Entry class: {@link dev.gantry.daemon.runtime.log.LogReader}. Must not import
 * store, network or service.
 */
@NullMarked
package dev.gantry.daemon.runtime.log;

import org.jspecify.annotations.NullMarked;
