/**
 * Talks to OCI distribution registries. Must not depend on the engine or on Spring.
 */
@NullMarked
package dev.gantry.registry;

import org.jspecify.annotations.NullMarked;
