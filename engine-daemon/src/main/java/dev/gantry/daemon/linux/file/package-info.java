/**
 * Files through descriptors: the calls Java lacks, and paths that cannot be led out of a root. Enter through {@link
 * dev.gantry.daemon.linux.file.RootDirectory} and {@link dev.gantry.daemon.linux.file.FileCalls}. Must not depend on
 * anything of the engine but {@code linux} and {@code type}.
 */
@NullMarked
package dev.gantry.daemon.linux.file;

import org.jspecify.annotations.NullMarked;
