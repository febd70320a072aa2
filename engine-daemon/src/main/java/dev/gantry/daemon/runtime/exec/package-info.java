/** Runs further processes in containers. Entry class: ExecProcess. Must not import store, network or service. */
@NullMarked
package dev.gantry.daemon.runtime.exec;

import org.jspecify.annotations.NullMarked;
