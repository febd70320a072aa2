package dev.gantry.daemon.api.wire;

import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's HTTP/1.1 processor that lets a handler take the socket over in the middle of a request. */
final class EngineHttpProcessor extends Http11Processor {

    private static final int NOTE = 17;

    EngineHttpProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
        super(protocol, adapter);
        getRequest().setNote(NOTE, this);
    }

    static EngineHttpProcessor of(org.apache.coyote.Request request) {
        return (EngineHttpProcessor) request.getNote(NOTE);
    }

    /** The socket of the request that is being answered. */
    SocketWrapperBase<?> socket() {
        return getSocketWrapper();
    }

    /** Makes Tomcat write nothing more and drop the connection when the request ends. */
    void abandonResponse() {
        setSwallowResponse();
        setErrorState(ErrorState.CLOSE_NOW, null);
    }
}
