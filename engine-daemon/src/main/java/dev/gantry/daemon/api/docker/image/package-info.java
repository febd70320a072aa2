/**
 * The image operations of the Docker Engine API. {@link dev.gantry.daemon.api.docker.image.ImageEndpoints} is the entry.
 * Maps between wire types and the image service; must not hold any rule of images itself.
 */
@NullMarked
package dev.gantry.daemon.api.docker.image;

import org.jspecify.annotations.NullMarked;
