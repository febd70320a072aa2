package dev.gantry.daemon.api.wire;

import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DeserializationFeature;

/**
 * One request and its answer. A handler reads variables, query and body, then answers once: with {@link #json}, {@link
 * #noContent}, {@link #text}, {@link #status}, {@link #stream} or {@link #hijack}. Belongs to the thread that runs the
 * handler.
 */
public final class Exchange {

    private static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";
    private static final String RAW = "application/vnd.docker.raw-stream";

    private final Request request;
    private final Response response;
    private final WireSettings settings;
    private final ApiVersion version;
    private final Map<String, String> variables;
    private final RequestBody body;
    private @Nullable Query query;
    private @Nullable OwnedConnection connection;
    private @Nullable ChunkedStream stream;
    private boolean inBandErrors;

    Exchange(
            Request request,
            Response response,
            WireSettings settings,
            ApiVersion version,
            Map<String, String> variables) {
        this.request = request;
        this.response = response;
        this.settings = settings;
        this.version = version;
        this.variables = variables;
        this.body = new RequestBody(request);
    }

    public String method() {
        return request.getMethod();
    }

    /** The version the client speaks; the newest where it named none. */
    public ApiVersion apiVersion() {
        return version;
    }

    /** A variable of the route's pattern. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("The route has no variable " + name);
        }
        return value;
    }

    public Query query() {
        if (query == null) {
            String text = request.getQueryString();
            query = Query.parse(text == null ? "" : text, settings.mapper());
        }
        return query;
    }

    /** A header of the request. */
    public Optional<String> requestHeader(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /**
     * Reads the body as JSON.
     *
     * @throws EngineException if there is none, its type is another or it cannot be understood
     */
    public <T> T body(Class<T> type) throws IOException {
        return optionalBody(type)
                .orElseThrow(() -> EngineException.invalid("invalid JSON: got EOF while reading request body"));
    }

    /** Reads the body as JSON; empty where there is none or it is {@code null}. */
    public <T> Optional<T> optionalBody(Class<T> type) throws IOException {
        if (request.getContentLengthLong() == 0) {
            return Optional.empty();
        }
        byte[] bytes = body.bytes();
        if (bytes.length == 0) {
            return Optional.empty();
        }
        requireJson();
        try {
            return Optional.ofNullable(settings.mapper()
                    .readerFor(type)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(bytes));
        } catch (JacksonException e) {
            throw new EngineException(EngineException.Kind.INVALID, describe(e), e);
        }
    }

    private static String describe(JacksonException failure) {
        String text = failure.getOriginalMessage();
        if (text.startsWith("Trailing token")) {
            return "unexpected content after JSON";
        }
        String where = failure instanceof StreamReadException
                ? " at line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr()
                : "";
        // compat: docker's words for a body that is cut short
        String what = failure instanceof UnexpectedEndOfInputException
                ? "unexpected EOF"
                : text.lines().findFirst().orElse("");
        return "invalid JSON: " + what + where;
    }

    private void requireJson() {
        String type = request.getContentType();
        String media = type == null ? "" : type;
        int parameters = media.indexOf(';');
        if (parameters >= 0) {
            media = media.substring(0, parameters);
        }
        if (!media.trim().toLowerCase(Locale.ROOT).equals("application/json")) {
            throw EngineException.invalid(
                    "unsupported Content-Type header (" + (type == null ? "" : type) + "): must be 'application/json'");
        }
    }

    /** The body as a stream, for archives and images. Not to be mixed with {@link #body}. */
    public InputStream bodyStream() throws IOException {
        return request.getInputStream();
    }

    /** Sets a header of the answer; before the answer begins. */
    public Exchange header(String name, String value) {
        response.setHeader(name, value);
        return this;
    }

    /** Answers with a value as JSON. */
    public void json(int status, Object value) throws IOException {
        byte[] text = settings.mapper().writeValueAsBytes(value);
        byte[] line = new byte[text.length + 1];
        System.arraycopy(text, 0, line, 0, text.length);
        line[text.length] = '\n';
        content(status, "application/json", line);
    }

    /** Answers with plain text. */
    public void text(int status, String text) throws IOException {
        content(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with bytes; for HEAD only their length is told. */
    public void content(int status, String type, byte[] bytes) throws IOException {
        response.setStatus(status);
        response.getCoyoteResponse().setContentTypeNoCharset(type);
        response.setContentLength(bytes.length);
        if (!method().equals("HEAD")) {
            response.getOutputStream().write(bytes);
        }
    }

    /** Answers 204. */
    public void noContent() {
        response.setStatus(204);
    }

    /** Answers with a status and no body. */
    public void status(int status) {
        response.setStatus(status);
        if (status != 204 && status != 304) {
            response.setContentLength(0);
        }
    }

    /**
     * Begins an answer of unknown duration with status 200 and sends the headers. The connection ends with it. The
     * handler closes the stream when the answer is complete; an exception thrown before is told in band where the
     * content is JSON.
     */
    public ChunkedStream stream(String contentType) throws IOException {
        boolean chunked = "HTTP/1.1".equals(request.getProtocol());
        ResponseHead head = head("200 OK").with("Content-Type", contentType);
        if (chunked) {
            head.with("Transfer-Encoding", "chunked");
        }
        OwnedConnection taken = take();
        taken.write(head.with("Connection", "close").encode());
        inBandErrors = contentType.startsWith("application/json");
        stream = new ChunkedStream(taken, settings.mapper(), chunked);
        return stream;
    }

    /** Turns the connection into a raw stream, for output with frames (a container without a terminal) or without. */
    public Hijacked hijack(boolean framed) throws IOException {
        return hijack(framed && version.atLeast(1, 42) ? MULTIPLEXED : RAW);
    }

    /**
     * Turns the connection into a raw stream: with {@code 101 UPGRADED} where the client asked for it, otherwise with
     * {@code 200 OK} and the end of the connection as the end of the answer. The server closes it when the handler
     * returns.
     */
    public Hijacked hijack(String contentType) throws IOException {
        body.bytes();
        boolean upgrade = requestHeader("Upgrade").isPresent()
                && requestHeader("Connection")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .contains("upgrade");
        ResponseHead head = upgrade
                ? ResponseHead.of("101 UPGRADED")
                        .with("Content-Type", contentType)
                        .with("Connection", "Upgrade")
                        .with("Upgrade", "tcp")
                : head("200 OK").with("Content-Type", contentType);
        addCommon(head);
        OwnedConnection taken = take();
        taken.write(head.encode());
        return new Hijacked(taken);
    }

    /**
     * Checks that the client asks for a WebSocket, before anything is done for it.
     *
     * @throws dev.gantry.daemon.type.EngineException invalid where it does not
     */
    public void requireWebSocket() {
        WebSocketHandshake.accept(this::requestHeader);
    }

    /** Turns the connection into a WebSocket. The handler closes it. */
    public WebSocket webSocket(WebSocket.Kind kind) throws IOException {
        ResponseHead head = ResponseHead.of("101 Switching Protocols")
                .with("Upgrade", "websocket")
                .with("Connection", "Upgrade")
                .with("Sec-WebSocket-Accept", WebSocketHandshake.accept(this::requestHeader));
        addCommon(head);
        OwnedConnection taken = take();
        taken.write(head.encode());
        return new WebSocket(taken, kind);
    }

    private OwnedConnection take() throws IOException {
        if (connection != null || response.isCommitted()) {
            throw new IllegalStateException("The request has been answered already");
        }
        connection = OwnedConnection.take(request, body.overread(), settings.connections());
        return connection;
    }

    private ResponseHead head(String status) {
        ResponseHead head = ResponseHead.of(status);
        addCommon(head);
        return head;
    }

    private void addCommon(ResponseHead head) {
        for (String name : response.getHeaderNames()) {
            head.with(name, response.getHeader(name));
        }
    }

    /** Answers a failure, wherever the answer stands. */
    void fail(ErrorMapping.Answer answer) throws IOException {
        ChunkedStream begun = stream;
        if (begun != null && inBandErrors) {
            begun.error(answer.message());
            begun.close();
        } else if (connection == null && !response.isCommitted()) {
            response.resetBuffer();
            if (answer.status() == 304) {
                status(304);
            } else {
                json(answer.status(), new ErrorBody(answer.message()));
            }
        }
    }

    /** Ends what the handler left open. */
    void end() {
        if (connection != null) {
            connection.close();
        }
    }
}
