package dev.gantry.daemon.service.health;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.SocketChannel;

/** Makes sockets that see the network as what is probed sees it. */
@FunctionalInterface
public interface ProbeSockets {

    /** Opens a socket that is not connected yet; the caller closes it. */
    SocketChannel open(ProtocolFamily family) throws IOException;
}
