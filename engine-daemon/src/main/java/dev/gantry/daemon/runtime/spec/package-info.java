/** The OCI runtime specification of a container: what the bundle says. Entry: {@code ContainerSpec}, {@code SpecWriter}. */
@NullMarked
package dev.gantry.daemon.runtime.spec;

import org.jspecify.annotations.NullMarked;
