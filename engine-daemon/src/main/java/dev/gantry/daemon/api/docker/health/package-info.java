/**
 * Health checks as the Engine API shows them, for containers and for images. Enter through {@link
 * dev.gantry.daemon.api.docker.health.HealthViews}.
 */
@NullMarked
package dev.gantry.daemon.api.docker.health;

import org.jspecify.annotations.NullMarked;
