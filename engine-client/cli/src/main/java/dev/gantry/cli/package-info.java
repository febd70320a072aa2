/**
 * The gantry command: docker's verbs and flags over the client library.
 */
@NullMarked
package dev.gantry.cli;

import org.jspecify.annotations.NullMarked;
