/** Further processes in running containers. Entry class: {@code ExecService}. */
@NullMarked
package dev.gantry.daemon.service.exec;

import org.jspecify.annotations.NullMarked;
