/**
 * Wire types of the Engine API, shared by the daemon, the client library and the command line.
 */
@NullMarked
package dev.gantry.api;

import org.jspecify.annotations.NullMarked;
