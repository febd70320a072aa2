/**
 * Mounts and what is mounted where. Enter through {@link dev.gantry.daemon.linux.mount.Mounts} and {@link
 * dev.gantry.daemon.linux.mount.MountTable}. Must not depend on anything of the engine but {@code linux} and
 * {@code type}.
 */
@NullMarked
package dev.gantry.daemon.linux.mount;

import org.jspecify.annotations.NullMarked;
