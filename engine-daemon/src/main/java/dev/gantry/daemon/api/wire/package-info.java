/**
 * The wire of the Docker Engine API: Unix sockets, routing, versions, errors, streams and hijacked connections.
 * Enter at {@link dev.gantry.daemon.api.wire.Router} and {@link dev.gantry.daemon.api.wire.Exchange}. Knows HTTP and
 * Tomcat; must not know any noun of the engine (containers, images, ...), nor Spring.
 */
@NullMarked
package dev.gantry.daemon.api.wire;

import org.jspecify.annotations.NullMarked;
