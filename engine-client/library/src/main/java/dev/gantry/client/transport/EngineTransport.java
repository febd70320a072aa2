package dev.gantry.client.transport;

import dev.gantry.client.EngineClientException;
import dev.gantry.client.EngineHost;
import dev.gantry.client.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to an engine and keeps idle connections. Thread-safe: each request in flight has a connection of its
 * own and is carried by the thread that sends it. Errors of the engine and of the way to it are
 * {@link EngineClientException}s; failures while a body is read are {@link IOException}s.
 */
public final class EngineTransport implements AutoCloseable {

    /** The newest version of the API this client knows. */
    public static final String NEWEST_VERSION = "1.51";

    private static final int MAX_IDLE = 8;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_ERROR_BYTES = 64 * 1024;
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(30);

    private final EngineHost host;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private volatile String version;
    private @Nullable ScheduledExecutorService watchdog;
    private boolean closed;

    /**
     * Prepares to talk to an engine; nothing is sent yet.
     *
     * @param version of the API to speak; empty to agree on one with the engine
     */
    public EngineTransport(EngineHost host, String version) {
        this.host = host;
        this.version = version;
    }

    public EngineHost host() {
        return host;
    }

    /** The version spoken, agreed with the engine at the first call. */
    public String version() {
        if (version.isEmpty()) {
            EngineRequest ping =
                    EngineRequest.of("HEAD", "/_ping").unversioned().timeout(PING_TIMEOUT);
            try (EngineResponse answer = send(ping)) {
                version = older(NEWEST_VERSION, answer.header("Api-Version"));
            } catch (IOException e) {
                throw new EngineClientException(
                        "Tried to reach the engine at " + host.text() + ": " + e.getMessage(), e);
            }
        }
        return version;
    }

    /** Sends a request; a status of 400 and more is thrown. The caller closes the answer. */
    public EngineResponse send(EngineRequest request) {
        String target = (request.versioned ? "/v" + version() : "") + request.path + request.query;
        Connection reused = takeIdle();
        try {
            if (reused != null) {
                try {
                    return checked(exchange(reused, request, target));
                } catch (IOException e) {
                    reused.close();
                    if (request.stream != null || !isRepeatable(request)) {
                        throw e;
                    }
                    // The engine had closed the idle connection; a fresh one decides.
                }
            }
            return checked(exchange(connect(), request, target));
        } catch (IOException e) {
            throw new EngineClientException("Tried to " + request + " at " + host.text() + ": " + reason(e), e);
        }
    }

    /** Sends a request that turns its connection into a stream both ways. The caller closes the stream. */
    public HijackedStream hijack(EngineRequest request) {
        String target = "/v" + version() + request.path + request.query;
        request.header("Connection", "Upgrade").header("Upgrade", "tcp");
        try {
            EngineResponse answer = checked(exchange(connect(), request, target));
            return new HijackedStream(answer.connection(), answer.header("Content-Type"));
        } catch (IOException e) {
            throw new EngineClientException("Tried to " + request + " at " + host.text() + ": " + reason(e), e);
        }
    }

    /** Reads an answer as JSON. */
    public Json json(EngineRequest request) {
        try (EngineResponse answer = send(request)) {
            byte[] body = answer.readAll();
            return body.length == 0 ? Json.MISSING : Json.parse(body);
        } catch (IOException | IllegalArgumentException e) {
            throw new EngineClientException("Tried to read the answer to " + request + ": " + e.getMessage(), e);
        }
    }

    /** Sends a request whose answer is its status. */
    public int status(EngineRequest request) {
        try (EngineResponse answer = send(request)) {
            answer.readAll();
            return answer.status();
        } catch (IOException e) {
            throw new EngineClientException("Tried to read the answer to " + request + ": " + e.getMessage(), e);
        }
    }

    private static boolean isRepeatable(EngineRequest request) {
        return "GET".equals(request.method) || "HEAD".equals(request.method);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private Connection connect() throws IOException {
        return Connection.open(host.address());
    }

    private EngineResponse exchange(Connection connection, EngineRequest request, String target) throws IOException {
        @Nullable ScheduledFuture<?> deadline = watch(connection, request.timeout);
        try {
            writeHead(connection, request, target);
            writeBody(connection, request);
            return readHead(connection, request);
        } catch (IOException | RuntimeException e) {
            connection.close();
            if (deadline != null && deadline.isDone()) {
                throw new IOException("no answer within " + request.timeout.toSeconds() + " s", e);
            }
            throw e;
        } finally {
            if (deadline != null) {
                deadline.cancel(false);
            }
        }
    }

    private void writeHead(Connection connection, EngineRequest request, String target) throws IOException {
        StringBuilder head = new StringBuilder(256)
                .append(request.method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\n")
                .append("Host: localhost\r\nUser-Agent: gantry\r\n");
        request.headers.forEach((name, value) ->
                head.append(name).append(": ").append(oneLine(value)).append("\r\n"));
        byte[] body = request.body;
        if (request.stream != null) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        } else if (!isRepeatable(request)) {
            head.append("Content-Length: 0\r\n");
        }
        connection.write(head.append("\r\n").toString());
    }

    private static String oneLine(String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a header must not have line ends");
        }
        return value;
    }

    private static void writeBody(Connection connection, EngineRequest request) throws IOException {
        byte[] body = request.body;
        if (body != null) {
            connection.write(body, 0, body.length);
        }
        InputStream stream = request.stream;
        if (stream == null) {
            return;
        }
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
            if (count > 0) {
                connection.write(Integer.toHexString(count) + "\r\n");
                connection.write(chunk, 0, count);
                connection.write("\r\n");
            }
        }
        connection.write("0\r\n\r\n");
    }

    private EngineResponse readHead(Connection connection, EngineRequest request) throws IOException {
        int status = readStatus(connection);
        Map<String, String> headers = readHeaders(connection);
        while (status == 100) {
            status = readStatus(connection);
            headers = readHeaders(connection);
        }
        Body body;
        if ("HEAD".equals(request.method) || status == 204 || status == 304) {
            body = Body.ofLength(connection, 0);
        } else if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            body = Body.chunked(connection);
        } else if (headers.containsKey("content-length")) {
            body = Body.ofLength(connection, parseLength(headers.getOrDefault("content-length", "")));
        } else {
            body = Body.untilClose(connection);
        }
        return new EngineResponse(status, headers, connection, body, this::giveBack);
    }

    private static long parseLength(String text) throws IOException {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("the engine sent an invalid length", e);
        }
    }

    private static int readStatus(Connection connection) throws IOException {
        String line = connection.readLine();
        if (!line.startsWith("HTTP/1.") || line.length() < 12) {
            throw new IOException("what answers does not speak HTTP");
        }
        try {
            return Integer.parseInt(line, 9, 12, 10);
        } catch (NumberFormatException e) {
            throw new IOException("what answers does not speak HTTP", e);
        }
    }

    private static Map<String, String> readHeaders(Connection connection) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = connection.readLine(); !line.isEmpty(); line = connection.readLine()) {
            int colon = line.indexOf(':');
            if (colon > 0 && headers.size() < MAX_HEADERS) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static EngineResponse checked(EngineResponse answer) throws IOException {
        if (answer.status() < 400) {
            return answer;
        }
        try (answer) {
            byte[] body = answer.body().readNBytes(MAX_ERROR_BYTES);
            throw new EngineClientException(answer.status(), message(answer.status(), body));
        }
    }

    private static String message(int status, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        try {
            String message = Json.parse(text).get("message").text();
            if (!message.isEmpty()) {
                return message;
            }
        } catch (IllegalArgumentException e) {
            // Old engines answer in plain text.
        }
        return text.isEmpty() ? "the engine answered with status " + status : text;
    }

    private static String older(String ours, String theirs) {
        return !theirs.isEmpty() && minor(theirs) < minor(ours) ? theirs : ours;
    }

    private static int minor(String version) {
        try {
            return Integer.parseInt(version.substring(version.indexOf('.') + 1));
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    private synchronized @Nullable Connection takeIdle() {
        return idle.pollLast();
    }

    private void giveBack(Connection connection) {
        synchronized (this) {
            if (!closed && idle.size() < MAX_IDLE) {
                idle.addLast(connection);
                return;
            }
        }
        try {
            connection.close();
        } catch (IOException e) {
            throw new EngineClientException("Tried to close a connection: " + e.getMessage(), e);
        }
    }

    private synchronized @Nullable ScheduledFuture<?> watch(Connection connection, Duration timeout) {
        if (timeout.isZero()) {
            return null;
        }
        if (watchdog == null) {
            watchdog = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "engine-client-deadlines");
                thread.setDaemon(true);
                return thread;
            });
        }
        return watchdog.schedule(
                () -> {
                    connection.close();
                    return null;
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Closes the idle connections; answers in flight are closed by who holds them. */
    @Override
    public synchronized void close() {
        closed = true;
        if (watchdog != null) {
            watchdog.shutdownNow();
        }
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (IOException e) {
                throw new EngineClientException("Tried to close a connection: " + e.getMessage(), e);
            }
        }
    }
}
