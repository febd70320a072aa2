package dev.gantry.cli.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A field that an option sets. A boolean takes no value but after {@code =}; a list collects; the last one wins. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Option {

    /** With their dashes: {@code -a}, {@code --all}. */
    String[] names();

    String description();
}
