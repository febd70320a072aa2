package dev.gantry.cli.template;

import java.io.Serial;

/** A template that cannot be parsed, or does not fit the data. */
public final class TemplateException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TemplateException(String message) {
        super(message);
    }
}
