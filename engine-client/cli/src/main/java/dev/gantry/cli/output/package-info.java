/**
 * How lists, sizes, times and progress look: as docker prints them. Must not talk to an engine.
 */
@NullMarked
package dev.gantry.cli.output;

import org.jspecify.annotations.NullMarked;
