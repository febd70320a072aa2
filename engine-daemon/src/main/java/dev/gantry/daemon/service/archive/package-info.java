/**
 * Copies files in and out of containers as tar archives. Entry class: {@link
 * dev.gantry.daemon.service.archive.ArchiveService}. Must not import HTTP, Spring or Docker's wire types.
 */
@NullMarked
package dev.gantry.daemon.service.archive;

import org.jspecify.annotations.NullMarked;
