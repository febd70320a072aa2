package dev.gantry.daemon.api.docker.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.api.EngineJson;
import dev.gantry.daemon.service.image.ImageId;
import dev.gantry.daemon.service.image.ImageProgress;
import dev.gantry.daemon.service.image.ImageProgress.Step;
import dev.gantry.registry.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLinesTests {

    private static final Digest LAYER =
            Digest.parse("sha256:d94fb36a74954117ec37a22b58adfeb8ebd4fa30810cde1d5aab28a9a970ea02");

    @Test
    void aPullReadsAsDockersDoes() {
        assertThat(json(new ImageProgress.Pulling("lab/busybox", "latest")))
                .isEqualTo("{\"status\":\"Pulling from lab/busybox\",\"id\":\"latest\"}");
        assertThat(json(new ImageProgress.Layer(LAYER, Step.PULLING, 0, 0)))
                .isEqualTo("{\"status\":\"Pulling fs layer\",\"progressDetail\":{},\"id\":\"d94fb36a7495\"}");
        assertThat(json(new ImageProgress.Layer(LAYER, Step.DOWNLOADING, 32768, 1087818)))
                .isEqualTo("{\"status\":\"Downloading\",\"progressDetail\":{\"current\":32768,\"total\":1087818},"
                        + "\"progress\":\"[=>                                                 ]  32.77kB/1.088MB\","
                        + "\"id\":\"d94fb36a7495\"}");
        assertThat(json(new ImageProgress.Layer(LAYER, Step.EXTRACTING, 1087818, 1087818)))
                .contains("\"progress\":\"[==================================================>]  1.088MB/1.088MB\"");
        assertThat(json(new ImageProgress.Resolved(LAYER))).isEqualTo("{\"status\":\"Digest: " + LAYER + "\"}");
        assertThat(json(new ImageProgress.Pulled("x:1", ImageProgress.Outcome.DOWNLOADED)))
                .isEqualTo("{\"status\":\"Status: Downloaded newer image for x:1\"}");
        assertThat(json(new ImageProgress.Pulled("x:1", ImageProgress.Outcome.UP_TO_DATE)))
                .isEqualTo("{\"status\":\"Status: Image is up to date for x:1\"}");
    }

    @Test
    void aLoadReadsAsDockersDoes() {
        assertThat(json(new ImageProgress.LoadedName("x:1"))).isEqualTo("{\"stream\":\"Loaded image: x:1\\n\"}");
        assertThat(json(new ImageProgress.LoadedId(new ImageId(LAYER))))
                .isEqualTo("{\"stream\":\"Loaded image ID: " + LAYER + "\\n\"}");
    }

    @ParameterizedTest
    @CsvSource({"0, 0B", "999, 999B", "1000, 1kB", "32768, 32.77kB", "2140160, 2.14MB", "1000000000, 1GB"})
    void sizesHaveFourDigits(long bytes, String text) {
        assertThat(ProgressLines.size(bytes)).isEqualTo(text);
    }

    private static String json(ImageProgress event) {
        return EngineJson.mapper().writeValueAsString(ProgressLines.of(event));
    }
}
