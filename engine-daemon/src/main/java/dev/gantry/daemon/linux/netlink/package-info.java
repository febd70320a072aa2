/** Netlink: interfaces, addresses and routes (entry class RouteSocket), tracked connections (ConntrackSocket). Must not import any other engine package but linux and type. */
@NullMarked
package dev.gantry.daemon.linux.netlink;

import org.jspecify.annotations.NullMarked;
