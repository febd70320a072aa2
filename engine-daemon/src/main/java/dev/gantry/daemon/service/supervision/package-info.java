/**
 * Looks after running containers: probes their health and does what is asked for when it fails. Enter through {@link
 * dev.gantry.daemon.service.supervision.HealthSupervision}. Must not depend on the API.
 */
@NullMarked
package dev.gantry.daemon.service.supervision;

import org.jspecify.annotations.NullMarked;
