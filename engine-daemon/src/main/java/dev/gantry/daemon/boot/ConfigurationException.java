package dev.gantry.daemon.boot;

/** The daemon cannot start as it was told to. The message goes to the operator as it is. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConfigurationException(String message) {
        super(message);
    }

    ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
