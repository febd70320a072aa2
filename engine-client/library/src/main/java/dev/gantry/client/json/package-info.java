/**
 * JSON without a schema: a reader, a writer and a null-safe view of values, for tools that start often and live briefly.
 * Entry class: Json. Depends on the JDK only.
 */
@NullMarked
package dev.gantry.client.json;

import org.jspecify.annotations.NullMarked;
