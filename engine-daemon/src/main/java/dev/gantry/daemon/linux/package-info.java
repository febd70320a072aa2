/** System calls through JNA, one sub-package per kernel subject. Must not import any other engine package but type. */
@NullMarked
package dev.gantry.daemon.linux;

import org.jspecify.annotations.NullMarked;
