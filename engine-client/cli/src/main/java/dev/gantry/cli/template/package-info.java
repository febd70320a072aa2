/**
 * The useful part of Go's text templates, for {@code --format}. Entry class: Template. Depends on the JDK only.
 */
@NullMarked
package dev.gantry.cli.template;

import org.jspecify.annotations.NullMarked;
