/** HTTP: the Docker Engine API over the services. Spring may be used here. */
@NullMarked
package dev.gantry.daemon.api;

import org.jspecify.annotations.NullMarked;
