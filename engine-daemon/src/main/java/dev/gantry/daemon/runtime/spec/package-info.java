/**
 * The OCI runtime specification of a container: what the bundle says. Entry classes: {@link
 * dev.gantry.daemon.runtime.spec.ContainerSpec} and {@link dev.gantry.daemon.runtime.spec.SpecWriter}; {@link
 * dev.gantry.daemon.runtime.spec.Capabilities} and {@link dev.gantry.daemon.runtime.spec.ProcessLimits} say what this
 * process can give. Must not import store, network or service, nor Docker's wire types.
 */
@NullMarked
package dev.gantry.daemon.runtime.spec;

import org.jspecify.annotations.NullMarked;
