/**
 * Tar streams as far as copying files in and out needs them: ustar with PAX and GNU long names. Entry classes:
 * TarReader, TarWriter. Knows nothing of containers.
 */
@NullMarked
package dev.gantry.cli.tar;

import org.jspecify.annotations.NullMarked;
