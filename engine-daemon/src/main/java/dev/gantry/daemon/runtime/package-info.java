/** Runs containers: OCI runtime, monitor, specification, cgroup, log. Entry interfaces: OciRuntime and Task. Must not import store, network or service. */
@NullMarked
package dev.gantry.daemon.runtime;

import org.jspecify.annotations.NullMarked;
