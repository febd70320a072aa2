package dev.gantry.daemon.api.wire;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;

/** The entry of every request of the Engine API: version, route, handler, error answer. */
public final class EngineServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(EngineServlet.class.getName());

    private final transient Router router;
    private final transient WireSettings settings;

    public EngineServlet(Router router, WireSettings settings) {
        this.router = router;
        this.settings = settings;
    }

    private record Target(String path, Optional<String> version) {

        static Target of(String path) {
            int end = path.startsWith("/v") ? path.indexOf('/', 1) : -1;
            if (end > 2 && ApiVersion.isVersion(path.substring(2, end))) {
                return new Target(path.substring(end), Optional.of(path.substring(2, end)));
            }
            return new Target(path, Optional.empty());
        }
    }

    @Override
    public void service(ServletRequest servletRequest, ServletResponse servletResponse) throws IOException {
        Request request = ConnectionValve.requestOf(servletRequest);
        Response response = request.getResponse();
        String path = decode(request.getRequestURI());
        Optional<String> clean = PathCleaner.cleaned(path);
        if (clean.isPresent()) {
            String query = request.getQueryString();
            response.setStatus(301);
            response.setHeader("Location", clean.get() + (query == null ? "" : "?" + query));
            response.setContentLength(0);
            return;
        }
        setCommonHeaders(response);
        dispatch(request, response, Target.of(path));
    }

    private static String decode(String path) {
        return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private void setCommonHeaders(Response response) {
        response.setHeader("Api-Version", ApiVersion.CURRENT.toString());
        response.setHeader("Docker-Experimental", "false");
        response.setHeader("Ostype", "linux");
        response.setHeader("Server", settings.server());
    }

    private void dispatch(Request request, Response response, Target target) throws IOException {
        boolean options = request.getMethod().equals("OPTIONS");
        Optional<Router.Match> match = options ? Optional.empty() : router.match(request.getMethod(), target.path());
        ApiVersion version = target.version().map(ApiVersion::parse).orElse(ApiVersion.CURRENT);
        Exchange exchange = new Exchange(
                request,
                response,
                settings,
                version,
                match.map(Router.Match::variables).orElse(Map.of()));
        if (match.isEmpty() && !options) {
            exchange.json(404, new ErrorBody("page not found"));
        } else if (version.compareTo(ApiVersion.CURRENT) > 0) {
            exchange.json(
                    400,
                    new ErrorBody("client version " + target.version().orElse("")
                            + " is too new. Maximum supported API version is " + ApiVersion.CURRENT));
        } else if (version.compareTo(ApiVersion.MINIMUM) < 0) {
            response.setHeader("X-Content-Type-Options", "nosniff");
            // compat: clients that old do not read JSON errors
            exchange.text(
                    400,
                    "client version " + target.version().orElse("")
                            + " is too old. Minimum supported API version is " + ApiVersion.MINIMUM
                            + ", please upgrade your client to a newer version\n");
        } else if (options) {
            exchange.status(200);
        } else {
            run(match.orElseThrow().handler(), exchange, target);
        }
    }

    private static void run(Handler handler, Exchange exchange, Target target) throws IOException {
        try {
            handler.handle(exchange);
        } catch (ClientGoneException gone) {
            LOG.log(Level.DEBUG, "client gone method={0} path={1}", exchange.method(), target.path());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            exchange.fail(new ErrorMapping.Answer(503, "The daemon is stopping"));
        } catch (IOException | RuntimeException | Error failure) {
            if (ErrorMapping.isUnexpected(failure)) {
                LOG.log(
                        Level.ERROR,
                        "request failed method=" + exchange.method() + " path=" + target.path() + " error=" + failure,
                        failure);
            }
            exchange.fail(ErrorMapping.of(failure));
        } finally {
            exchange.end();
        }
    }
}
