/**
 * Reads images from OCI distribution registries; enter at {@link dev.gantry.registry.RegistryClient}. Must not depend on
 * the engine or on Spring.
 */
@NullMarked
package dev.gantry.registry;

import org.jspecify.annotations.NullMarked;
