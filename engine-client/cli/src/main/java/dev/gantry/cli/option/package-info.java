/**
 * Reads the options and arguments of one command into its fields, with the conventions of docker's command line. Entry
 * class: CommandLine. Looks at the one command that runs, as the time to start is what people feel. Depends on the JDK
 * only.
 */
@NullMarked
package dev.gantry.cli.option;

import org.jspecify.annotations.NullMarked;
