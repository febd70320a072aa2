/** The Engine API's operations on volumes. Entry class: {@code VolumeEndpoints}. */
@NullMarked
package dev.gantry.daemon.api.docker.volume;

import org.jspecify.annotations.NullMarked;
