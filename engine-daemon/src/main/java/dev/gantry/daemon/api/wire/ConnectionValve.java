package dev.gantry.daemon.api.wire;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Lets the servlet reach Tomcat's own request behind the facade, and through it the socket. */
public final class ConnectionValve extends ValveBase {

    private static final String ATTRIBUTE = ConnectionValve.class.getName();

    public ConnectionValve() {
        super(true);
    }

    static Request requestOf(ServletRequest request) {
        return (Request) request.getAttribute(ATTRIBUTE);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(ATTRIBUTE, request);
        getNext().invoke(request, response);
    }
}
