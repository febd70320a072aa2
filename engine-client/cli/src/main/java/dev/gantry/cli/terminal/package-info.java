/**
 * The terminal of the person who types: raw mode, size, signals, detach keys. Entry class: Terminal. JNA is loaded only
 * when a terminal is changed or measured.
 */
@NullMarked
package dev.gantry.cli.terminal;

import org.jspecify.annotations.NullMarked;
