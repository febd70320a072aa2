/** The Engine API's operations on networks. Entry class: {@code NetworkEndpoints}. */
@NullMarked
package dev.gantry.daemon.api.docker.network;

import org.jspecify.annotations.NullMarked;
