/**
 * The root file systems of containers as wholes: what they changed, archives of them, images made of them. Entry class:
 * {@link dev.gantry.daemon.service.filesystem.FilesystemService}. Must not depend on Docker's wire types.
 */
@NullMarked
package dev.gantry.daemon.service.filesystem;

import org.jspecify.annotations.NullMarked;
