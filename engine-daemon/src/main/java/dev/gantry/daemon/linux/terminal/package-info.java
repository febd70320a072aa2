/** Pseudo terminals by descriptor. Entry class: Terminal. Must not import any other engine package but type and linux. */
@NullMarked
package dev.gantry.daemon.linux.terminal;

import org.jspecify.annotations.NullMarked;
