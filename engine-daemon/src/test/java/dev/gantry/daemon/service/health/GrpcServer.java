package dev.gantry.daemon.service.health;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/**
 * A health service as servers of gRPC have one, on Tomcat's HTTP/2: headers are written by other code than ours, with
 * Huffman's code. The service {@code well} serves, {@code ill} does not, others are unknown.
 */
final class GrpcServer implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector();

    GrpcServer(Path directory) throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.addUpgradeProtocol(new Http2Protocol());
        tomcat.setConnector(connector);
        var context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "health", new HealthServlet()).addMapping("/grpc.health.v1.Health/Check");
        tomcat.start();
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class HealthServlet extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] message = request.getInputStream().readAllBytes();
            String service =
                    message.length < 7 ? "" : new String(message, 7, message.length - 7, StandardCharsets.UTF_8);
            boolean asked = "application/grpc".equals(request.getContentType())
                    && "trailers".equals(request.getHeader("te"))
                    && message[4] == message.length - 5;
            response.setContentType("application/grpc");
            response.setHeader("x-more", "a value that is long enough to be worth a code of its own");
            boolean known = asked && (service.isEmpty() || service.startsWith("well") || service.equals("ill"));
            response.setTrailerFields(() ->
                    known ? Map.of("grpc-status", "0") : Map.of("grpc-status", "5", "grpc-message", "unknown service"));
            if (known) {
                response.getOutputStream().write(new byte[] {0, 0, 0, 0, 2, 8, (byte) (service.equals("ill") ? 2 : 1)});
            }
            response.flushBuffer();
        }
    }
}
