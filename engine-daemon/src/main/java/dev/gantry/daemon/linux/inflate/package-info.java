/**
 * Fast inflation of gzip by Intel's ISA-L, where the host has it. Enter through {@link
 * dev.gantry.daemon.linux.inflate.GzipInflater}. Must not depend on anything of the engine.
 */
@NullMarked
package dev.gantry.daemon.linux.inflate;

import org.jspecify.annotations.NullMarked;
