package dev.gantry.daemon.service.health;

import dev.gantry.daemon.service.health.HealthWatch.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Calls {@code grpc.health.v1.Health/Check} once, on an HTTP/2 connection that carries nothing else. The server is told
 * not to use a table of headers, so each block of headers can be read on its own.
 */
final class GrpcCheck {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_FRAME = 16 * 1024;
    private static final int MOST_BYTES = 32 * 1024;
    private static final int MOST_FRAMES = 64;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 0x1;
    private static final int ACK = 0x1;
    private static final int END_HEADERS = 0x4;
    private static final int PADDED = 0x8;
    private static final int PRIORITY = 0x20;

    /** The statuses of the health protocol, by number. */
    private static final String[] SERVING = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};

    private final ProbeConnection connection;
    private final Probe.Grpc probe;
    private final Map<String, String> headers = new HashMap<>();
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean ended;

    GrpcCheck(ProbeConnection connection, Probe.Grpc probe) {
        this.connection = connection;
        this.probe = probe;
    }

    Outcome run() throws IOException {
        connection.write(request());
        for (int frames = 0; !ended; frames++) {
            if (frames == MOST_FRAMES) {
                throw new IOException("the server sends frames without end");
            }
            take(Frame.read(connection));
        }
        return judge();
    }

    @SuppressWarnings("ArrayRecordComponent") // lives for one step and is never compared
    private record Frame(int type, int flags, int stream, byte[] payload) {

        static Frame read(ProbeConnection connection) throws IOException {
            ByteBuffer head = ByteBuffer.wrap(connection.readFully(9));
            int length = ((head.getShort() & 0xffff) << 8) | (head.get() & 0xff);
            int type = head.get() & 0xff;
            int flags = head.get() & 0xff;
            int stream = head.getInt() & 0x7fff_ffff;
            if (length > LARGEST_FRAME) {
                throw new IOException("not an answer of HTTP/2");
            }
            return new Frame(type, flags, stream, connection.readFully(length));
        }

        static byte[] bytes(int type, int flags, int stream, byte[] payload) {
            return ByteBuffer.allocate(9 + payload.length)
                    .putShort((short) (payload.length >> 8))
                    .put((byte) payload.length)
                    .put((byte) type)
                    .put((byte) flags)
                    .putInt(stream)
                    .put(payload)
                    .array();
        }

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /** What is left without padding and priority. */
        ByteBuffer content() throws IOException {
            ByteBuffer content = ByteBuffer.wrap(payload);
            int padding = has(PADDED) && content.hasRemaining() ? content.get() & 0xff : 0;
            int priority = type == HEADERS && has(PRIORITY) ? 5 : 0;
            if (content.remaining() < padding + priority) {
                throw new IOException("the server sent a broken frame");
            }
            content.position(content.position() + priority);
            content.limit(content.limit() - padding);
            return content;
        }
    }

    private byte[] request() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(PREFACE);
        // a table of headers of size 0 (1), no pushes (2)
        all.writeBytes(Frame.bytes(SETTINGS, 0, 0, new byte[] {0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0}));
        HeaderBlock block = new HeaderBlock()
                .add(":method", "POST")
                .add(":scheme", "http")
                .add(":path", "/grpc.health.v1.Health/Check")
                .add(":authority", probe.address().authority())
                .add("content-type", "application/grpc")
                .add("te", "trailers")
                .add("user-agent", "gantry-health");
        all.writeBytes(Frame.bytes(HEADERS, END_HEADERS, 1, block.bytes()));
        all.writeBytes(Frame.bytes(DATA, END_STREAM, 1, message()));
        return all.toByteArray();
    }

    /** The message with its prefix: a field 1 with the service's name, left out where that is empty. */
    private byte[] message() {
        byte[] name = probe.service().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        if (name.length > 0) {
            field.write(0x0a);
            for (int left = name.length; ; left >>>= 7) {
                field.write(left > 0x7f ? (left & 0x7f) | 0x80 : left);
                if (left <= 0x7f) {
                    break;
                }
            }
            field.writeBytes(name);
        }
        return ByteBuffer.allocate(5 + field.size())
                .put((byte) 0)
                .putInt(field.size())
                .put(field.toByteArray())
                .array();
    }

    private void take(Frame frame) throws IOException {
        switch (frame.type()) {
            case SETTINGS -> answer(frame, SETTINGS, new byte[0]);
            case PING -> answer(frame, PING, frame.payload());
            case RST_STREAM, GOAWAY -> throw new IOException("the server refused the call");
            case DATA -> {
                append(body, frame.content());
                ended = frame.stream() == 1 && frame.has(END_STREAM);
            }
            case HEADERS, CONTINUATION -> {
                append(block, frame.content());
                ended = ended || (frame.type() == HEADERS && frame.has(END_STREAM));
                if (frame.has(END_HEADERS)) {
                    HeaderBlock.read(block.toByteArray(), headers);
                    block.reset();
                } else if (ended) {
                    takeRestOfBlock();
                }
            }
            default -> {}
        }
    }

    private void takeRestOfBlock() throws IOException {
        Frame next = Frame.read(connection);
        if (next.type() != CONTINUATION) {
            throw new IOException("the server sent a broken block of headers");
        }
        take(next);
    }

    private void answer(Frame frame, int type, byte[] payload) throws IOException {
        if (!frame.has(ACK)) {
            connection.write(Frame.bytes(type, ACK, 0, payload));
        }
    }

    private static void append(ByteArrayOutputStream to, ByteBuffer content) throws IOException {
        if (to.size() + content.remaining() > MOST_BYTES) {
            throw new IOException("the server's answer is too long");
        }
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        to.write(bytes);
    }

    private Outcome judge() {
        String status = headers.getOrDefault("grpc-status", "");
        String http = headers.getOrDefault(":status", "");
        if (!status.equals("0")) {
            return new Outcome(
                    1,
                    status.isEmpty()
                            ? "not an answer of gRPC: HTTP status " + http
                            : "gRPC status " + status + " " + headers.getOrDefault("grpc-message", ""));
        }
        int serving = serving();
        String name = serving >= 0 && serving < SERVING.length ? SERVING[serving] : Integer.toString(serving);
        return new Outcome(serving == 1 ? 0 : 1, name);
    }

    /** Field 1 of the message, which is a number; 0 where the message is empty. */
    private int serving() {
        byte[] message = body.toByteArray();
        return message.length >= 7 && message[5] == 0x08 ? message[6] & 0x7f : 0;
    }
}
