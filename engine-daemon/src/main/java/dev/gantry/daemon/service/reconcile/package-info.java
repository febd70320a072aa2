/** Brings the engine's records and the kernel's truth together at start. Entry class: {@code Reconciliation}. */
@NullMarked
package dev.gantry.daemon.service.reconcile;

import org.jspecify.annotations.NullMarked;
