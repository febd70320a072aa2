/**
 * Operations on the engine itself: ping, version, info, events, login; and the answers for what the engine does not
 * do. Enter at {@link dev.gantry.daemon.api.docker.system.SystemEndpoints}. Must not know how facts are found out.
 */
@NullMarked
package dev.gantry.daemon.api.docker.system;

import org.jspecify.annotations.NullMarked;
