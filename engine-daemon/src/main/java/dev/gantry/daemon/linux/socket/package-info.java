/** Unix sockets, pipes and waiting on them, beyond what the JDK opens. Entry class: PacketSocket. Must not import any other engine package but type and linux. */
@NullMarked
package dev.gantry.daemon.linux.socket;

import org.jspecify.annotations.NullMarked;
