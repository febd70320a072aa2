package dev.gantry.cli.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A field that arguments set: a text one of them, a list all from its index on. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Parameters {

    int index() default 0;

    /** Whether it may be left out. */
    boolean optional() default false;

    String paramLabel();
}
