package dev.gantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads answers recorded from a dockerd 26.1 and writes them again: nothing may be lost or renamed. */
class RecordedAnswersTests {

    private static final JsonMapper MAPPER = EngineJson.mapper();

    /** Fields of 26.1 that 1.51 no longer has, or has only on request. */
    private static final Set<String> GONE = Set.of(
            "ContainerConfig",
            "Expected",
            "Container",
            "VirtualSize",
            "AllowNondistributableArtifactsCIDRs",
            "AllowNondistributableArtifactsHostnames",
            "Hostname",
            "Domainname",
            "AttachStdin",
            "AttachStdout",
            "AttachStderr",
            "Tty",
            "OpenStdin",
            "StdinOnce",
            "Image");

    @ParameterizedTest
    @CsvSource({
        "container-inspect.json, dev.gantry.api.ContainerInspect",
        "container-list.json, [Ldev.gantry.api.ContainerSummary;",
        "image-list.json, [Ldev.gantry.api.ImageSummary;",
        "image-history.json, [Ldev.gantry.api.ImageHistoryItem;",
        "exec-inspect.json, dev.gantry.api.ExecInspect",
        "network-inspect.json, dev.gantry.api.Network",
        "volume-list.json, dev.gantry.api.VolumeListResponse",
        "system-info.json, dev.gantry.api.SystemInfo",
        "system-version.json, dev.gantry.api.SystemVersion",
    })
    void writesWhatItRead(String fixture, String type) throws Exception {
        String json = fixture(fixture);
        JsonNode written = MAPPER.valueToTree(MAPPER.readValue(json, Class.forName(type)));
        assertContains(written, MAPPER.readTree(json), fixture);
    }

    @Test
    void imageInspectKeepsWhatClientsRead() throws IOException {
        String json = fixture("image-inspect.json");
        JsonNode written = MAPPER.valueToTree(MAPPER.readValue(json, ImageInspect.class));
        assertContains(written, MAPPER.readTree(json), "image-inspect.json");
    }

    @Test
    void everyLineOfAPullIsWrittenAsRead() throws IOException {
        for (String line : fixture("pull.ndjson").lines().toList()) {
            assertThat(MAPPER.writeValueAsString(MAPPER.readValue(line, ProgressMessage.class)))
                    .isEqualTo(line.replace("\\u003e", ">"));
        }
    }

    @Test
    void everyEventIsWrittenAsRead() throws IOException {
        for (String line : fixture("events.ndjson").lines().toList()) {
            assertThat(MAPPER.writeValueAsString(MAPPER.readValue(line, Event.class)))
                    .isEqualTo(line);
        }
    }

    /** Asserts that {@code written} has all of {@code expected}, the order of keys aside. */
    private static void assertContains(JsonNode written, JsonNode expected, String path) {
        if (expected.isObject()) {
            assertThat(written.isObject()).as(path).isTrue();
            for (Map.Entry<String, JsonNode> entry : expected.properties()) {
                String name = entry.getKey();
                String at = path + "." + name;
                JsonNode value = entry.getValue();
                JsonNode ours = written.get(name);
                if (ours == null) {
                    boolean imageConfig = path.equals("image-inspect.json.Config");
                    boolean gone = (imageConfig || !path.endsWith(".Config")) && GONE.contains(name);
                    assertThat(gone || (imageConfig && (value.isNull() || value.isEmpty())))
                            .as("missing " + at)
                            .isTrue();
                } else {
                    assertContains(ours, value, at);
                }
            }
        } else if (expected.isArray() && !expected.isEmpty()) {
            assertThat(written.size()).as(path).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertContains(
                        Objects.requireNonNull(written.get(i)),
                        Objects.requireNonNull(expected.get(i)),
                        path + "[" + i + "]");
            }
        } else if (expected.isValueNode() && !expected.isNull()) {
            assertThat(written.asString()).as(path).isEqualTo(expected.asString());
        } else {
            assertThat(written.isNull() || written.isEmpty())
                    .as(path + " is empty")
                    .isTrue();
        }
    }

    private static String fixture(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(RecordedAnswersTests.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
