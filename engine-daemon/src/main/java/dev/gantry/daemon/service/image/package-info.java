/**
 * Images: what they are, what they are called, how they arrive and how they leave. {@link
 * dev.gantry.daemon.service.image.ImageService} is the entry. Must not depend on HTTP, Spring or Docker's wire types,
 * nor on the container, network or volume services.
 */
@NullMarked
package dev.gantry.daemon.service.image;

import org.jspecify.annotations.NullMarked;
