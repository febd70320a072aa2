package dev.gantry.daemon.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.service.health.Healthcheck;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigDocumentTests {

    private static final String LAYER = "sha256:14c280e089f02ecb37f86ee65402898cef26023fe8d6e7c67bdce6fb19571eb8";

    @Test
    void readsWhatDockerWrites() {
        Image image = parse("""
                {"architecture":"arm","os":"linux","variant":"v7","author":"me","created":"2025-06-15T00:00:00.5Z",
                 "docker_version":"26","config":{"Env":["A=b"],"Cmd":["sh"],"Entrypoint":null,"WorkingDir":"/w",
                 "User":"1:2","ExposedPorts":{"80/tcp":{}},"Volumes":{"/v":{}},"Labels":{"x":"y"},"StopSignal":"9",
                 "Healthcheck":{"Test":["NONE"],"Interval":3000000000},"OnBuild":["RUN x"],"Shell":["/bin/ash"]},
                 "rootfs":{"type":"layers","diff_ids":["%s"]},
                 "history":[{"created":"2025-06-15T02:00:00+02:00","created_by":"x"},{"empty_layer":true,"comment":"c"}]}
                """.formatted(LAYER));

        assertThat(image.variant()).isEqualTo("v7");
        assertThat(image.created()).contains(Instant.parse("2025-06-15T00:00:00.5Z"));
        assertThat(image.config().cmd()).contains(List.of("sh"));
        assertThat(image.config().entrypoint()).isEmpty();
        assertThat(image.config().exposedPorts()).containsExactly("80/tcp");
        assertThat(image.config().labels()).isEqualTo(Map.of("x", "y"));
        assertThat(image.config().healthcheck().map(Healthcheck::interval)).contains(Duration.ofSeconds(3));
        assertThat(image.layers()).containsExactly(Digest.parse(LAYER));
        assertThat(image.history().get(0).created()).contains(Instant.parse("2025-06-15T00:00:00Z"));
        assertThat(image.history().get(1).emptyLayer()).isTrue();
        assertThat(image.effectiveComment()).isEqualTo("c");
    }

    @Test
    void theIdIsTheDigestOfTheBytes() {
        String json = "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";

        assertThat(parse(json).id().digest()).isEqualTo(Digest.sha256(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void keysMayBeOfAnyCase() {
        assertThat(parse("{\"Config\":{\"cmd\":[\"x\"]},\"RootFS\":{\"Diff_Ids\":[]}}")
                        .config()
                        .cmd())
                .contains(List.of("x"));
    }

    /** A null entry in the history crashed other engines (GO-2024-3311). */
    @Test
    void nullsCountAsNotGiven() {
        Image image = parse("""
                {"config":{"Env":[null,"A=b"],"Labels":{"x":null},"Volumes":null},"created":null,
                 "rootfs":{"diff_ids":[]},"history":[null]}
                """);

        assertThat(image.config().env()).containsExactly("A=b");
        assertThat(image.config().labels()).isEqualTo(Map.of("x", ""));
        assertThat(image.history()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"rootfs\":{}}",
                "{\"rootfs\":{\"diff_ids\":[\"sha256:../../x\"]}}",
                "{\"rootfs\":{\"diff_ids\":[\"md5:abc\"]}}",
                "{\"rootfs\":{\"diff_ids\":{}}}",
                "{\"created\":\"yesterday\",\"rootfs\":{\"diff_ids\":[]}}",
                "{\"config\":{\"Env\":\"A=b\"},\"rootfs\":{\"diff_ids\":[]}}",
                "{\"rootfs\":{\"diff_ids\":[]}",
                "\u0000"
            })
    void refusesWhatIsNoConfiguration(String json) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.INVALID))
                .hasMessageStartingWith("invalid image configuration: ");
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThatThrownBy(() -> parse("{\"config\":" + "[".repeat(100_000))).isInstanceOf(EngineException.class);
    }

    @Test
    void refusesMoreLayersThanCanBeMounted() {
        String layers = IntStream.range(0, 126)
                .mapToObj(i -> "\"" + Fixtures.digest("l" + i) + "\"")
                .collect(Collectors.joining(","));

        assertThatThrownBy(() -> parse("{\"rootfs\":{\"diff_ids\":[" + layers + "]}}"))
                .hasMessageContaining("max depth exceeded");
    }

    @Test
    void readsBackWhatItWrites() {
        ImageConfig config = ConfigChanges.apply(
                ImageConfig.EMPTY,
                List.of(
                        "CMD a",
                        "ENV A=b",
                        "EXPOSE 80",
                        "VOLUME /v",
                        "LABEL x=y",
                        "USER u",
                        "WORKDIR /w",
                        "HEALTHCHECK --interval=3s CMD true",
                        "ONBUILD RUN x",
                        "STOPSIGNAL 9",
                        "ENTRYPOINT []"));
        Instant created = Instant.parse("2025-01-02T03:04:05.000000006Z");

        Image image = ConfigDocument.parse(
                ConfigDocument.write("amd64", "linux", "v2", created, "hello", config, List.of(Digest.parse(LAYER))));

        assertThat(image.config()).isEqualTo(config);
        assertThat(image.created()).contains(created);
        assertThat(image.comment()).isEqualTo("hello");
        assertThat(image.history()).containsExactly(new HistoryEntry(Optional.of(created), "", "", "hello", false));
    }

    @Test
    void chainsNameTheStacks() {
        Image image = Fixtures.image("a", "l1", "l2").image();

        assertThat(image.chainIds().get(0)).isEqualTo(Fixtures.digest("l1"));
        assertThat(image.chainIds().get(1))
                .isEqualTo(Fixtures.digest(Fixtures.digest("l1") + " " + Fixtures.digest("l2")));
    }

    private static Image parse(String json) {
        return ConfigDocument.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
