package dev.gantry.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and hands over its answer: no redirects, no retries, no credentials of its own, HTTP/1.1 (a blob
 * per connection is faster than streams of one HTTP/2 connection, and its flow control needs no tuning). The clients and
 * their threads (daemons: one selector per client, workers that end after ten idle seconds) appear with the first
 * request.
 */
final class Transport implements AutoCloseable {

    private static final int IDLE_SECONDS = 10;

    private final Deadlines deadlines;
    private final String userAgent;
    private final Optional<SSLContext> tls;
    private final Optional<ProxySelector> proxy;
    private final Map<Endpoint.Trust, HttpClient> clients = new EnumMap<>(Endpoint.Trust.class);
    private @Nullable ExecutorService workers;
    private boolean closed;

    Transport(Deadlines deadlines, String userAgent, Optional<SSLContext> tls, Optional<ProxySelector> proxy) {
        this.deadlines = deadlines;
        this.userAgent = userAgent;
        this.tls = tls;
        this.proxy = proxy;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    Response get(URI uri, Map<String, String> headers, Endpoint.Trust trust) throws IOException {
        return send(HttpRequest.newBuilder(uri).GET(), uri, headers, trust);
    }

    Response head(URI uri, Map<String, String> headers, Endpoint.Trust trust) throws IOException {
        return send(
                HttpRequest.newBuilder(uri).method("HEAD", HttpRequest.BodyPublishers.noBody()), uri, headers, trust);
    }

    Response post(URI uri, String form, Map<String, String> headers, Endpoint.Trust trust) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return send(request, uri, headers, trust);
    }

    private Response send(HttpRequest.Builder request, URI uri, Map<String, String> headers, Endpoint.Trust trust)
            throws IOException {
        request.timeout(deadlines.answer()).header("User-Agent", userAgent);
        headers.forEach(request::header);
        // A plain request needs no trust in certificates, and finding the platform's takes time and memory.
        boolean plain = Origin.of(uri).isPlain();
        HttpClient client = client(plain ? Endpoint.Trust.INSECURE : trust);
        AtomicReference<@Nullable Response> begun = new AtomicReference<>();
        try {
            HttpResponse<ResponseBody> answer = client.send(request.build(), head -> {
                ResponseBody body = new ResponseBody(deadlines.stall());
                begun.set(new Response(uri, head.statusCode(), head.headers(), body));
                return body;
            });
            return new Response(uri, answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            // A connection that breaks soon after the head makes the JDK's client throw here, although part of the body
            // has come: keep that part, or a transfer over a bad line never gets on.
            Response broken = begun.get();
            if (broken == null) {
                throw e;
            }
            broken.body().onError(e);
            return broken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the request was interrupted").initCause(e);
        }
    }

    private synchronized HttpClient client(Endpoint.Trust trust) throws IOException {
        if (closed) {
            throw new InterruptedIOException("the client is closed");
        }
        HttpClient known = clients.get(trust);
        if (known != null) {
            return known;
        }
        HttpClient client = newClient(trust);
        clients.put(trust, client);
        return client;
    }

    private HttpClient newClient(Endpoint.Trust trust) {
        if (workers == null) {
            workers = newWorkers();
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(deadlines.connect())
                .executor(workers);
        proxy.ifPresent(builder::proxy);
        if (trust == Endpoint.Trust.INSECURE) {
            builder.sslContext(trustingAnyone());
        } else {
            tls.ifPresent(builder::sslContext);
        }
        return builder.build();
    }

    private static ExecutorService newWorkers() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "registry-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private static SSLContext trustingAnyone() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java platform lacks TLS", e);
        }
    }

    /**
     * Refuses new requests and lets go of the clients: transfers under way go on to their end, idle workers end after
     * seconds, a selector when its client is collected.
     */
    @Override
    public synchronized void close() {
        closed = true;
        clients.clear();
        workers = null;
    }

    /**
     * Takes every certificate, for registries that the operator has called insecure. The extended form is what keeps the
     * client from checking the host name.
     */
    private static final class AnyCertificate extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
