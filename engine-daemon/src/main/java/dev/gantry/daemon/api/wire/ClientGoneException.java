package dev.gantry.daemon.api.wire;

import java.io.IOException;

/** The client closed the connection before the answer was complete. Nobody is left to be told. */
public final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    ClientGoneException(IOException cause) {
        super("The client has gone: " + cause.getMessage(), cause);
    }
}
