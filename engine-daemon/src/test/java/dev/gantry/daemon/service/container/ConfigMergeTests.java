package dev.gantry.daemon.service.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.service.container.ImageFinder.ImageDefaults;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigMergeTests {

    private static final ImageDefaults IMAGE =
            Requests.image(List.of("/entry"), List.of("image", "words"), List.of("A=image", "B=image"));

    private static ContainerConfig merge(Optional<List<String>> entrypoint, Optional<List<String>> command) {
        return ConfigMerge.merge(Requests.of(entrypoint, command, List.of("A=user")), IMAGE, Requests.id("a1b2"));
    }

    @Test
    void whatTheUserLeavesOutComesFromTheImage() {
        ContainerConfig config = merge(Optional.empty(), Optional.empty());
        assertThat(config.argv()).containsExactly("/entry", "image", "words");
        assertThat(config.env()).containsExactly("A=user", "B=image");
        assertThat(config.user()).isEqualTo("nobody");
        assertThat(config.workingDirectory()).isEqualTo("/srv");
        assertThat(config.labels()).containsEntry("kept", "user").containsEntry("more", "image");
        assertThat(config.volumes()).containsExactly("/data");
        assertThat(config.hostname()).isEqualTo("a1b200000000");
    }

    @Test
    void aCommandReplacesTheImagesCommandOnly() {
        assertThat(merge(Optional.empty(), Optional.of(List.of("x"))).argv()).containsExactly("/entry", "x");
    }

    @Test
    void anEntrypointTakesTheImagesCommandAway() {
        assertThat(merge(Optional.of(List.of("/bin/sh")), Optional.empty()).argv())
                .containsExactly("/bin/sh");
    }

    @Test
    void anEntrypointOfOneEmptyWordIsNone() {
        assertThat(merge(Optional.of(List.of("")), Optional.of(List.of("x"))).argv())
                .containsExactly("x");
        assertThatThrownBy(() -> merge(Optional.of(List.of("")), Optional.empty()))
                .hasMessage("no command specified");
    }
}
