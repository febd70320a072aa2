/** Network namespaces: make, pin, enter. Entry class: NetworkNamespace. Must not import any other engine package but linux and type. */
@NullMarked
package dev.gantry.daemon.linux.namespace;

import org.jspecify.annotations.NullMarked;
