/** The Docker Engine API: one package per noun, each with its operations. Enter at the endpoints of a noun. */
@NullMarked
package dev.gantry.daemon.api.docker;

import org.jspecify.annotations.NullMarked;
