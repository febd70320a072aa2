/** Containers and their life cycle. Entry class: {@code ContainerService}. Must not depend on HTTP or on any API's wire types. */
@NullMarked
package dev.gantry.daemon.service.container;

import org.jspecify.annotations.NullMarked;
