package dev.gantry.daemon.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Tomcat with the engine's servlet on a Unix socket, without Spring. */
final class WireServer implements AutoCloseable {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.ALWAYS))
            .build();

    private final Tomcat tomcat = new Tomcat();
    private final Connections connections = new Connections();
    private final Path socket;

    private WireServer(Path directory, Router router) throws LifecycleException {
        this.socket = directory.resolve("api.sock");
        tomcat.setBaseDir(directory.toString());
        tomcat.setConnector(ConnectorSettings.connector(new SocketAddressSpec.UnixSocket(socket, Optional.empty())));
        Context context = tomcat.addContext("", directory.toString());
        context.getPipeline().addValve(new ConnectionValve());
        Tomcat.addServlet(context, "engine", new EngineServlet(router, new WireSettings("9.8.7", MAPPER, connections)))
                .addMapping("/*");

        tomcat.start();
    }

    static WireServer start(Path directory, Router router) throws LifecycleException {
        return new WireServer(directory, router);
    }

    Path socket() {
        return socket;
    }

    Connections connections() {
        return connections;
    }

    SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    /** Sends a request and reads until the server ends the connection. */
    RawAnswer send(String request) throws IOException {
        return RawAnswer.exchange(socket, request);
    }

    RawAnswer get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n");
    }

    RawAnswer post(String path, String contentType, String body) throws IOException {
        String type = contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n";
        return send("POST " + path + " HTTP/1.1\r\nHost: d\r\nConnection: close\r\n" + type + "Content-Length: "
                + body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    @Override
    public void close() throws LifecycleException {
        connections.close();
        tomcat.stop();
        tomcat.destroy();
    }
}
