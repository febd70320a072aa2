package dev.gantry.daemon.api.wire;

import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;

/** How Tomcat's connectors are set up to behave as clients of the Engine API expect. */
public final class ConnectorSettings {

    /** Every open stream holds a thread. */
    private static final int MAX_THREADS = 4096;

    private static final int SPARE_THREADS = 4;
    private static final int HEADER_LIMIT = 64 * 1024;

    private ConnectorSettings() {}

    /** Makes a connector for an address. */
    public static Connector connector(SocketAddressSpec address) {
        Connector connector = new Connector(new EngineHttpProtocol());
        apply(connector, address);
        return connector;
    }

    /** Sets up a connector that speaks {@link EngineHttpProtocol}. */
    public static void apply(Connector connector, SocketAddressSpec address) {
        EngineHttpProtocol protocol = (EngineHttpProtocol) connector.getProtocolHandler();
        protocol.listenOn(address);
        protocol.setMaxThreads(MAX_THREADS);
        protocol.setMinSpareThreads(SPARE_THREADS);
        protocol.setMaxConnections(-1);
        protocol.setMaxKeepAliveRequests(-1);
        protocol.setMaxHttpRequestHeaderSize(HEADER_LIMIT);
        protocol.setDisableUploadTimeout(true);
        protocol.setConnectionTimeout(20_000);
        protocol.setKeepAliveTimeout(600_000);
        // compat: clients send JSON filters unescaped
        protocol.setRelaxedQueryChars("{}[]\"<>\\^`|");
        protocol.setRelaxedPathChars("{}[]\"<>\\^`|");
        protocol.setMaxSwallowSize(-1);
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setURIEncoding("UTF-8");
        connector.setMaxPostSize(0);
        connector.setAllowTrace(true);
        connector.setXpoweredBy(false);
    }
}
