package dev.gantry.cli.option;

import java.io.Serial;

/** The command line does not fit the command. */
public final class UsageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean argumentCount;

    UsageException(String message, boolean argumentCount) {
        super(message);
        this.argumentCount = argumentCount;
    }

    /** Whether there are too few or too many arguments, in contrast to an option that is wrong. */
    public boolean isArgumentCount() {
        return argumentCount;
    }
}
