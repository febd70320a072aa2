/** The packet filter through libnftables, without a process. Entry class: Nftables. Must not import any other engine package but linux and type. */
@NullMarked
package dev.gantry.daemon.linux.nftables;

import org.jspecify.annotations.NullMarked;
