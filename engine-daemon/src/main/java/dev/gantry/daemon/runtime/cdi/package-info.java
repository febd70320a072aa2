/**
 * Devices that vendors describe in files of the Container Device Interface. Enter through {@link
 * dev.gantry.daemon.runtime.cdi.CdiCatalog}. Must not depend on services, and {@code runtime.spec} not on it.
 */
@NullMarked
package dev.gantry.daemon.runtime.cdi;

import org.jspecify.annotations.NullMarked;
