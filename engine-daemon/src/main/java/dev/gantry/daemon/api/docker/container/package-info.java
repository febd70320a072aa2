/** The Engine API's operations on containers and execs. Entry class: {@code ContainerEndpoints}. */
@NullMarked
package dev.gantry.daemon.api.docker.container;

import org.jspecify.annotations.NullMarked;
