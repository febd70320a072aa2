/** Tells when files change. Entry class: {@link dev.gantry.daemon.linux.watch.FileWatch}. Must not depend on other engine packages but linux. */
@NullMarked
package dev.gantry.daemon.linux.watch;

import org.jspecify.annotations.NullMarked;
