/** The whole daemon as its users meet it: a process of its own, driven by the docker command line and by plain HTTP. */
@NullMarked
package dev.gantry.daemon.acceptance;

import org.jspecify.annotations.NullMarked;
