/** The engine's nouns and their life cycles, orchestrating store, runtime and network. Free of HTTP, Spring and Docker's wire types. */
@NullMarked
package dev.gantry.daemon.service;

import org.jspecify.annotations.NullMarked;
