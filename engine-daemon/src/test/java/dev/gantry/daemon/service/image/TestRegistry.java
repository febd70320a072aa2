package dev.gantry.daemon.service.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gantry.registry.Digest;
import dev.gantry.registry.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A registry on loopback that serves what it is given, true or not. */
final class TestRegistry implements AutoCloseable {

    @SuppressWarnings("ArrayRecordComponent")
    private record Answer(String type, byte[] content) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

    TestRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** {@code 127.0.0.1:port/name}. */
    String name(String repository) {
        return "127.0.0.1:" + server.getAddress().getPort() + "/" + repository;
    }

    void push(String repository, String tag, TestImage image) {
        manifest(repository, tag, MediaType.OCI_MANIFEST, image.manifest);
        image.blobs.forEach(blob -> blob(repository, Digest.sha256(blob), blob));
        blob(repository, Digest.sha256(image.config), image.config);
    }

    void manifest(String repository, String tag, String type, byte[] content) {
        answers.put("/v2/" + repository + "/manifests/" + tag, new Answer(type, content));
        answers.put("/v2/" + repository + "/manifests/" + Digest.sha256(content), new Answer(type, content));
        answers.put(
                "/v2/" + repository + "/tags/list",
                new Answer(
                        "application/json",
                        ("{\"name\":\"" + repository + "\",\"tags\":[\"" + tag + "\"]}")
                                .getBytes(StandardCharsets.UTF_8)));
    }

    void blob(String repository, Digest digest, byte[] content) {
        answers.put("/v2/" + repository + "/blobs/" + digest, new Answer("application/octet-stream", content));
    }

    /** Holds back a blob until the latch is down. */
    void gate(String repository, Digest digest, CountDownLatch latch) {
        gates.put("/v2/" + repository + "/blobs/" + digest, latch);
    }

    int requests(String repository, Digest digest) {
        AtomicInteger count = requests.get("/v2/" + repository + "/blobs/" + digest);
        return count == null ? 0 : count.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.computeIfAbsent(path, key -> new AtomicInteger()).incrementAndGet();
            CountDownLatch gate = gates.get(path);
            if (gate != null && !gate.await(20, TimeUnit.SECONDS)) {
                return;
            }
            Answer answer = answers.get(path);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (answer == null) {
                byte[] error = "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}"
                        .getBytes(StandardCharsets.UTF_8);
                send(exchange, 404, "application/json", path.equals("/v2/") ? new byte[0] : error, head);
            } else {
                send(exchange, 200, answer.type(), answer.content(), head);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] content, boolean head)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, head || content.length == 0 ? -1 : content.length);
        if (!head && content.length > 0) {
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(content);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
