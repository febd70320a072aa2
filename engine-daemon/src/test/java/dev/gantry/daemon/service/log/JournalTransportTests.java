package dev.gantry.daemon.service.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.runtime.log.LogLine;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.StreamType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalTransportTests {

    private static final LogSubject SUBJECT = new LogSubject(
            new ContainerId("0123456789ab" + "c".repeat(52)),
            "web",
            "shop/web:2",
            "sha256:" + "f".repeat(64),
            Map.of("com.shop-tier", "a\nMESSAGE=forged", "container_id", "forged"),
            List.of());

    private static Map<String, String> decode(byte[] datagram) {
        ByteBuffer bytes = ByteBuffer.wrap(datagram).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, String> fields = new LinkedHashMap<>();
        while (bytes.hasRemaining()) {
            StringBuilder name = new StringBuilder();
            for (char c = (char) bytes.get(); c != '\n'; c = (char) bytes.get()) {
                name.append(c);
            }
            byte[] value = new byte[(int) bytes.getLong()];
            bytes.get(value);
            assertThat(bytes.get()).isEqualTo((byte) '\n');
            fields.put(name.toString(), new String(value, UTF_8));
        }
        return fields;
    }

    @Test
    void fieldsAreDockersAndNoneCanBeForged() {
        JournalTransport transport = new JournalTransport(
                Path.of("/absent"), SUBJECT, Map.of("labels", "com.shop-tier,container_id", "tag", "{{.Name}}"));

        Map<String, String> fields = decode(transport.datagram(
                new LogLine(Instant.parse("2026-11-03T04:05:06Z"), StreamType.STDERR, true, "hello".getBytes(UTF_8))));

        assertThat(fields)
                .containsEntry("MESSAGE", "hello")
                .containsEntry("PRIORITY", "3")
                .containsEntry("CONTAINER_PARTIAL_MESSAGE", "true")
                .containsEntry("CONTAINER_ID", "0123456789ab")
                .containsEntry("CONTAINER_ID_FULL", SUBJECT.id().value())
                .containsEntry("CONTAINER_NAME", "web")
                .containsEntry("CONTAINER_TAG", "web")
                .containsEntry("SYSLOG_IDENTIFIER", "web")
                .containsEntry("IMAGE_NAME", "shop/web:2")
                .containsEntry("COM_SHOP_TIER", "a\nMESSAGE=forged");
    }

    @ParameterizedTest
    @CsvSource({"com.docker-x,COM_DOCKER_X", "_PID,PID", "9a,A", "é,''"})
    void namesAreWhatTheJournalTakes(String name, String field) {
        assertThat(JournalTransport.fieldName(name)).isEqualTo(field);
    }
}
