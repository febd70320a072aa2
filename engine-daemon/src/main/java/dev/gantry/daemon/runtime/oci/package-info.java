/** Calls OCI runtime programs: which one runs on this host, with which arguments, and what their errors mean. Entry classes: RuntimeProbe, RuntimeProgram. Must not import store, network or service. */
@NullMarked
package dev.gantry.daemon.runtime.oci;

import org.jspecify.annotations.NullMarked;
