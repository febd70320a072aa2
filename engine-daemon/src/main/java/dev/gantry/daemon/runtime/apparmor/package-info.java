/**
 * AppArmor profiles for containers, where the kernel has AppArmor. Enter through {@link
 * dev.gantry.daemon.runtime.apparmor.AppArmor}.
 */
@NullMarked
package dev.gantry.daemon.runtime.apparmor;

import org.jspecify.annotations.NullMarked;
