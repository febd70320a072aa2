/**
 * What containers' output is to become: drivers, their options and what they mean, and the shipping of lines to other
 * systems. Enter at {@link dev.gantry.daemon.service.log.LogChoice}. Must not depend on containers, nor on how logs are
 * sent to clients.
 */
@NullMarked
package dev.gantry.daemon.service.log;

import org.jspecify.annotations.NullMarked;
