package dev.gantry.daemon.api.wire;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** Tomcat's HTTP/1.1 over the engine's Unix sockets. Made by Tomcat from its class name. */
public final class EngineHttpProtocol extends Http11NioProtocol {

    public EngineHttpProtocol() {
        super(new UnixEndpoint());
    }

    /** Sets where to listen; to be called before the start. */
    public void listenOn(SocketAddressSpec address) {
        ((UnixEndpoint) getEndpoint()).listenOn(address);
    }

    @Override
    protected Processor createProcessor() {
        return new EngineHttpProcessor(this, getAdapter());
    }
}
