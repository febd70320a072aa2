/**
 * One JSON file per object, written so that a crash leaves the old or the new. Enter through {@link
 * dev.gantry.daemon.store.metadata.MetadataStore}. Must not depend on runtime, network or service.
 */
@NullMarked
package dev.gantry.daemon.store.metadata;

import org.jspecify.annotations.NullMarked;
