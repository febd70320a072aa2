/**
 * Blobs by the hash of their content. Enter through {@link dev.gantry.daemon.store.content.ContentStore}. Must not
 * depend on runtime, network or service.
 */
@NullMarked
package dev.gantry.daemon.store.content;

import org.jspecify.annotations.NullMarked;
