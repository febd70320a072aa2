package dev.gantry.client.transport;

import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request to an engine, in the making. Not thread-safe; may be sent once when its body is a stream. */
public final class EngineRequest {

    final String method;
    final String path;
    final StringBuilder query = new StringBuilder();
    final Map<String, String> headers = new LinkedHashMap<>();
    byte @Nullable [] body;

    @Nullable
    InputStream stream;

    Duration timeout = Duration.ZERO;
    boolean versioned = true;

    private EngineRequest(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** Starts a request; the path begins with a slash, has no version and is encoded already. */
    public static EngineRequest of(String method, String path) {
        return new EngineRequest(method, path);
    }

    public static EngineRequest get(String path) {
        return of("GET", path);
    }

    public static EngineRequest post(String path) {
        return of("POST", path);
    }

    /** Encodes one segment of a path; slashes stay, as image names have them. */
    public static String segment(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%3A", ":")
                .replace("%40", "@");
    }

    /** Adds a parameter; an empty value is left out. */
    public EngineRequest query(String name, String value) {
        if (!value.isEmpty()) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
        return this;
    }

    /** Adds a parameter when the value is true. */
    public EngineRequest query(String name, boolean value) {
        return value ? query(name, "1") : this;
    }

    public EngineRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Sends JSON in UTF-8. */
    public EngineRequest json(byte[] json) {
        body = json.clone();
        return header("Content-Type", "application/json");
    }

    /** Sends the rest of a stream, chunked; the caller closes it. */
    public EngineRequest body(InputStream content, String type) {
        stream = content;
        return header("Content-Type", type);
    }

    /** Gives up when the head of the answer has not come in time; zero waits without end. */
    public EngineRequest timeout(Duration limit) {
        timeout = limit;
        return this;
    }

    /** Sends the path without the version of the API before it. */
    public EngineRequest unversioned() {
        versioned = false;
        return this;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
