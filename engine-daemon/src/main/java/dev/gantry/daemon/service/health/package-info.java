/**
 * Whether what runs is well: what to probe, how often, and what follows from the results. Knows nothing of containers;
 * enter through {@link dev.gantry.daemon.service.health.Healthcheck}.
 */
@NullMarked
package dev.gantry.daemon.service.health;

import org.jspecify.annotations.NullMarked;
