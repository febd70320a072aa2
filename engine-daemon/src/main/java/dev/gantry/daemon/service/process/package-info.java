/**
 * The processes of running containers as the host sees them. Entry class: {@link
 * dev.gantry.daemon.service.process.ProcessService}. Must not depend on Docker's wire types.
 */
@NullMarked
package dev.gantry.daemon.service.process;

import org.jspecify.annotations.NullMarked;
