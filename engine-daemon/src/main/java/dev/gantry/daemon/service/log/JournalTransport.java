package dev.gantry.daemon.service.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.socket.UnixDatagrams;
import dev.gantry.daemon.runtime.log.LogLine;
import dev.gantry.daemon.type.StreamType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sends lines to systemd's journal in its own protocol. */
final class JournalTransport implements LogTransport {

    /** Where the journal takes messages, in its native protocol. */
    static final Path SOCKET = Path.of("/run/systemd/journal/socket");

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ERROR = 3;
    private static final int INFORMATION = 6;

    private final Path socket;
    private final byte[] fixed;
    private Optional<UnixDatagrams> connection = Optional.empty();

    JournalTransport(Path socket, LogSubject subject, Map<String, String> options) {
        this.socket = socket;
        this.fixed = encoded(fields(subject, options));
    }

    static boolean isThere() {
        return Files.exists(SOCKET);
    }

    private static Map<String, String> fields(LogSubject subject, Map<String, String> options) {
        String tag = LogTag.parse(options.getOrDefault("tag", "")).text(subject);
        String shown = tag.isEmpty() ? subject.id().shortForm() : tag;
        Map<String, String> fields = new TreeMap<>();
        new LogAttributes(options).of(subject).forEach((name, value) -> {
            String field = fieldName(name);
            if (!field.isEmpty()) {
                fields.put(field, value);
            }
        });
        fields.put("CONTAINER_ID", subject.id().shortForm());
        fields.put("CONTAINER_ID_FULL", subject.id().value());
        fields.put("CONTAINER_NAME", subject.name());
        fields.put("CONTAINER_TAG", shown);
        fields.put("IMAGE_NAME", subject.imageName());
        fields.put("SYSLOG_IDENTIFIER", shown);
        return fields;
    }

    /** The journal takes capitals, digits and underscores, and none of those in front. */
    static String fieldName(String name) {
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            char capital = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
            boolean kept = (capital >= 'A' && capital <= 'Z') || (capital >= '0' && capital <= '9');
            char written = kept ? capital : '_';
            if (!field.isEmpty() || (written >= 'A' && written <= 'Z')) {
                field.append(written);
            }
        }
        return field.toString();
    }

    private static byte[] encoded(Map<String, String> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        fields.forEach((name, value) -> field(bytes, name, value.getBytes(UTF_8)));
        return bytes.toByteArray();
    }

    /** A value with a newline in it would begin a field of its own choice, so every value is told by its length. */
    private static void field(ByteArrayOutputStream bytes, String name, byte[] value) {
        bytes.writeBytes((name + "\n").getBytes(UTF_8));
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value.length)
                .array());
        bytes.writeBytes(value);
        bytes.write('\n');
    }

    byte[] datagram(LogLine line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(fixed.length + line.text().length + 128);
        int priority = line.stream() == StreamType.STDERR ? ERROR : INFORMATION;
        field(bytes, "MESSAGE", line.text());
        field(bytes, "PRIORITY", Integer.toString(priority).getBytes(UTF_8));
        field(bytes, "SYSLOG_TIMESTAMP", line.time().toString().getBytes(UTF_8));
        if (line.partial()) {
            field(bytes, "CONTAINER_PARTIAL_MESSAGE", "true".getBytes(UTF_8));
        }
        bytes.writeBytes(fixed);
        return bytes.toByteArray();
    }

    @Override
    public synchronized void send(LogLine line) throws IOException {
        try {
            if (connection.isEmpty()) {
                connection = Optional.of(UnixDatagrams.connect(socket, PATIENCE));
            }
            connection.get().send(datagram(line));
        } catch (LinuxException e) {
            throw new IOException("the journal at " + socket + " takes nothing: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        connection.ifPresent(UnixDatagrams::close);
        connection = Optional.empty();
    }
}
