/** Connects sandboxes: bridge, addresses, packet filter, published ports. Entry interface: NetworkController. Must not import store, runtime or service. */
@NullMarked
package dev.gantry.daemon.network;

import org.jspecify.annotations.NullMarked;
