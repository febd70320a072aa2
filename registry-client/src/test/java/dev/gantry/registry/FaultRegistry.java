package dev.gantry.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A registry on the loopback that misbehaves as told. */
final class FaultRegistry implements AutoCloseable {

    /** What to do with a request. */
    interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    /** A request as it came. */
    record Seen(String method, String path, Optional<String> authorization, Optional<String> range, String body) {}

    private final HttpServer server;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fault-registry");
        thread.setDaemon(true);
        return thread;
    });

    FaultRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::dispatch);
        server.setExecutor(threads);
        server.start();
        on("/v2/", exchange -> answer(exchange, 200, Map.of(), new byte[0]));
    }

    private void dispatch(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(new Seen(
                exchange.getRequestMethod(), path, header(exchange, "Authorization"), header(exchange, "Range"), body));
        Handler handler = handlers.get(path);
        if (handler == null) {
            handler = handlers.get(exchange.getRequestURI().getPath());
        }
        try (exchange) {
            if (handler == null) {
                answer(exchange, 404, Map.of(), errors("NAME_UNKNOWN", "repository name not known"));
            } else {
                handler.handle(exchange);
            }
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    FaultRegistry on(String path, Handler handler) {
        handlers.put(path, handler);
        return this;
    }

    /** Serves content as a blob of the repository {@code app}, ranges included. */
    Descriptor blob(byte[] content) {
        Descriptor descriptor = Descriptor.of(MediaType.OCI_LAYER, Digest.sha256(content), content.length);
        on(blobPath(descriptor), exchange -> {
            Optional<String> range = header(exchange, "Range");
            if (range.isPresent()) {
                int from = Integer.parseInt(range.get().replaceAll("\\D", ""));
                part(exchange, content, from);
            } else {
                answer(exchange, 200, Map.of(), content);
            }
        });
        return descriptor;
    }

    static void part(HttpExchange exchange, byte[] content, int from) throws IOException {
        byte[] rest = Arrays.copyOfRange(content, from, content.length);
        String range = "bytes " + from + "-" + (content.length - 1) + "/" + content.length;
        answer(exchange, 206, Map.of("Content-Range", range), rest);
    }

    /** Serves a document as a manifest of the repository {@code app}, by its digest and by a tag. */
    Descriptor manifest(String tag, String mediaType, String json) {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        Descriptor descriptor = Descriptor.of(mediaType, Digest.sha256(content), content.length);
        Handler handler = exchange -> answer(exchange, 200, Map.of("Content-Type", mediaType), content);
        on("/v2/app/manifests/" + tag, handler);
        on("/v2/app/manifests/" + descriptor.digest(), handler);
        return descriptor;
    }

    static String blobPath(Descriptor descriptor) {
        return "/v2/app/blobs/" + descriptor.digest();
    }

    static void answer(HttpExchange exchange, int status, Map<String, String> headers, byte[] content)
            throws IOException {
        headers.forEach(exchange.getResponseHeaders()::add);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, content.length == 0 || head ? -1 : content.length);
        if (!head) {
            exchange.getResponseBody().write(content);
        }
    }

    /** Announces more than it sends, then breaks the connection. */
    static void truncated(HttpExchange exchange, byte[] content, int sent) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content, 0, sent);
        exchange.getResponseBody().flush();
    }

    static byte[] errors(String code, String message) {
        return ("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Waits until the test is over, at most for the given time. */
    void pause(Duration time) {
        try {
            end.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<Seen> seen() {
        return seen;
    }

    List<Seen> seen(String path) {
        return seen.stream().filter(request -> request.path().startsWith(path)).toList();
    }

    String name() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url(String path) {
        return "http://" + name() + path;
    }

    ImageReference app() {
        return ImageReference.parse(name() + "/app:1");
    }

    /** A client that does not wait long. */
    static RegistryClientBuilder client() {
        return RegistryClient.builder()
                .retries(4, Duration.ofSeconds(5))
                .retryBase(Duration.ofMillis(5))
                .answerTimeout(Duration.ofSeconds(5))
                .stallTimeout(Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
