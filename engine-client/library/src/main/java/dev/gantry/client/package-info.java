/**
 * The client library: typed and streaming access to an engine. Entry class: EngineClient. No Spring, no command line code.
 */
@NullMarked
package dev.gantry.client;

import org.jspecify.annotations.NullMarked;
