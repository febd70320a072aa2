/** Volumes and their use by containers. Entry class: {@code VolumeService}. */
@NullMarked
package dev.gantry.daemon.service.volume;

import org.jspecify.annotations.NullMarked;
