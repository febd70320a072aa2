/** Value types and the error family of the engine, known to every other package; depends on nothing of the engine. */
@NullMarked
package dev.gantry.daemon.type;

import org.jspecify.annotations.NullMarked;
