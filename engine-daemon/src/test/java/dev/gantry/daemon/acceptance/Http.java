package dev.gantry.daemon.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plain HTTP over a daemon's socket, one connection for each request: what goes over the wire is what a test says. */
final class Http {

    private static final Pattern ID = Pattern.compile("\"Id\":\"([0-9a-f]+)\"");

    private final SocketAddress address;

    Http(TestDaemon daemon) {
        address = UnixDomainSocketAddress.of(daemon.socket());
    }

    /** Talks to any daemon, at {@code unix:///path} or {@code tcp://127.0.0.1:port}. */
    Http(URI host) {
        address = "unix".equals(host.getScheme())
                ? UnixDomainSocketAddress.of(host.getPath())
                : new InetSocketAddress(host.getHost(), host.getPort());
    }

    /**
     * An answer.
     *
     * @param body its text, without the framing of chunks
     */
    record Answer(int status, String body) {

        /** The id in an answer to a creation. */
        String id() {
            Matcher found = ID.matcher(body);
            if (!found.find()) {
                throw new AssertionError("no id in the answer " + this);
            }
            return found.group(1);
        }
    }

    Answer get(String path) throws IOException {
        return send("GET", path, "", "");
    }

    Answer post(String path) throws IOException {
        return send("POST", path, "", "");
    }

    Answer post(String path, String json) throws IOException {
        return send("POST", path, "application/json", json);
    }

    Answer delete(String path) throws IOException {
        return send("DELETE", path, "", "");
    }

    /** Sends a request; a connection that ends before a whole head has come is an {@link IOException}. */
    Answer send(String method, String path, String contentType, String body) throws IOException {
        byte[] content = body.getBytes(UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: gantry\r\nConnection: close\r\n"
                + (contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n")
                + (method.equals("POST") ? "Content-Length: " + content.length + "\r\n" : "")
                + "\r\n";
        try (SocketChannel channel = SocketChannel.open(address)) {
            write(channel, head.getBytes(UTF_8));
            write(channel, content);
            return parse(readAll(channel));
        }
    }

    /** Sends the head of a request and leaves the rest, on both sides, to the caller, who closes the connection. */
    SocketChannel begin(String method, String path, String headers) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        write(
                channel,
                (method + " " + path + " HTTP/1.1\r\nHost: gantry\r\nConnection: close\r\n" + headers + "\r\n")
                        .getBytes(UTF_8));
        return channel;
    }

    /** The rest of an answer to a request that was begun, to the end of the connection. */
    static byte[] rest(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(65_536);
        while (channel.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toByteArray();
    }

    static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static String readAll(SocketChannel channel) throws IOException {
        return new String(rest(channel), UTF_8);
    }

    private static Answer parse(String text) throws IOException {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("the connection ended before an answer: " + text);
        }
        String head = text.substring(0, end).toLowerCase(Locale.ROOT);
        String body = text.substring(end + 4);
        int status = Integer.parseInt(head.substring(9, 12));
        return new Answer(status, head.contains("transfer-encoding: chunked") ? unchunked(body) : body);
    }

    /** The body of a chunked answer, which is given from anywhere in its head on. */
    static byte[] unchunked(byte[] answer) {
        // one byte is one character, there and back
        String text = new String(answer, ISO_8859_1);
        return unchunked(text.substring(text.indexOf("\r\n\r\n") + 4)).getBytes(ISO_8859_1);
    }

    private static String unchunked(String chunks) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (at < chunks.length()) {
            int line = chunks.indexOf("\r\n", at);
            int size = line < 0 ? 0 : Integer.parseInt(chunks.substring(at, line), 16);
            if (size == 0 || line + 2 + size > chunks.length()) {
                return body.toString();
            }
            body.append(chunks, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
        return body.toString();
    }
}
