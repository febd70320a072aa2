package dev.gantry.daemon.api.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routing table: method and pattern to handler. Patterns are paths without a version; a segment {@code {id}}
 * matches one segment, {@code {name:.*}} any number of them, once per pattern, also in the middle
 * ({@code /images/{name:.*}/json}). A path without variables wins; otherwise the first registered pattern does.
 * Filled before the server starts, read-only afterwards.
 */
public final class Router {

    private final Map<String, Map<String, Handler>> fixed = new HashMap<>();
    private final Map<String, List<Route>> variable = new HashMap<>();

    private record Route(String method, PathPattern pattern, Handler handler) {}

    /** A handler with the path variables of the request it shall answer. */
    record Match(Handler handler, Map<String, String> variables) {}

    /** Adds the operations of a noun. */
    public Router add(Endpoints endpoints) {
        endpoints.register(this);
        return this;
    }

    public Router get(String pattern, Handler handler) {
        return route("GET", pattern, handler);
    }

    public Router head(String pattern, Handler handler) {
        return route("HEAD", pattern, handler);
    }

    public Router post(String pattern, Handler handler) {
        return route("POST", pattern, handler);
    }

    public Router put(String pattern, Handler handler) {
        return route("PUT", pattern, handler);
    }

    public Router delete(String pattern, Handler handler) {
        return route("DELETE", pattern, handler);
    }

    /**
     * Adds an operation.
     *
     * @throws IllegalArgumentException if the same method and pattern are already there
     */
    public Router route(String method, String pattern, Handler handler) {
        if (pattern.indexOf('{') < 0) {
            Handler previous =
                    fixed.computeIfAbsent(pattern, key -> new HashMap<>()).putIfAbsent(method, handler);
            requireNew(previous == null, method, pattern);
            return this;
        }
        PathPattern compiled = PathPattern.compile(pattern);
        List<Route> routes = variable.computeIfAbsent(firstSegment(pattern), key -> new ArrayList<>());
        requireNew(
                routes.stream()
                        .noneMatch(route -> route.method.equals(method)
                                && route.pattern.text().equals(pattern)),
                method,
                pattern);
        routes.add(new Route(method, compiled, handler));
        return this;
    }

    /** Whether an operation is there under exactly this method and pattern. */
    public boolean has(String method, String pattern) {
        if (fixed.getOrDefault(pattern, Map.of()).containsKey(method)) {
            return true;
        }
        return variable.getOrDefault(firstSegment(pattern), List.of()).stream()
                .anyMatch(route ->
                        route.method.equals(method) && route.pattern.text().equals(pattern));
    }

    Optional<Match> match(String method, String path) {
        Map<String, Handler> exact = fixed.get(path);
        if (exact != null) {
            Handler handler = exact.get(method);
            if (handler != null) {
                return Optional.of(new Match(handler, Map.of()));
            }
        }
        for (Route route : variable.getOrDefault(firstSegment(path), List.of())) {
            if (route.method.equals(method)) {
                Optional<Map<String, String>> variables = route.pattern.match(path);
                if (variables.isPresent()) {
                    return Optional.of(new Match(route.handler, variables.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static String firstSegment(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
    }

    private static void requireNew(boolean isNew, String method, String pattern) {
        if (!isNew) {
            throw new IllegalArgumentException("The operation is registered twice: " + method + " " + pattern);
        }
    }
}
