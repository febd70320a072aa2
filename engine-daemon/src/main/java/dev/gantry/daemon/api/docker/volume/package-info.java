/** The Engine API's operations on volumes. Entry class: {@code VolumeRoutes}. */
@NullMarked
package dev.gantry.daemon.api.docker.volume;

import org.jspecify.annotations.NullMarked;
