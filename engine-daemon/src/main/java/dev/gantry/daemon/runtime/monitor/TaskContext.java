package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.linux.process.ExitWatcher;
import dev.gantry.daemon.runtime.oci.RuntimeProgram;
import java.util.concurrent.Executor;

/**
 * What all tasks share.
 *
 * @param runtime the OCI runtime
 * @param settings the deadlines
 * @param watcher notices the ends of processes
 * @param executor runs what follows an end
 */
record TaskContext(RuntimeProgram runtime, MonitorSettings settings, ExitWatcher watcher, Executor executor) {}
