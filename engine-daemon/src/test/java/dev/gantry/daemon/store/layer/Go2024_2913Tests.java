package dev.gantry.daemon.store.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.PathBytes;
import dev.gantry.daemon.store.RootOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An entry over a symbolic link must not change the mode of what the link points to. */
@ExtendWith(RootOnly.class)
class Go2024_2913Tests {

    @Test
    void anEntryOverALinkLeavesTheTargetAlone() throws IOException {
        try (TestLayers layers = new TestLayers()) {
            Path file = Files.writeString(layers.work.path("canary"), "x");
            Path directory = Files.createDirectory(layers.work.path("canary-directory"));
            int fileMode = mode(file);
            int directoryMode = mode(directory);

            layers.add(new TestArchive()
                    .symbolicLink("a", file.toString())
                    .entry('0', "a", "", 06777, "evil")
                    .symbolicLink("b", directory.toString())
                    .directory("b", 01777)
                    .symbolicLink("c", file.toString())
                    .entry('6', "c", "", 0777, "")
                    .symbolicLink("d", file.toString())
                    .hardLink("d", "a")
                    .directory("e", 0755)
                    .symbolicLink("e", directory.toString()));

            assertThat(mode(file)).isEqualTo(fileMode);
            assertThat(mode(directory)).isEqualTo(directoryMode);
            assertThat(file).hasContent("x");
        }
    }

    private static int mode(Path path) {
        return FileCalls.status(FileCalls.AT_FDCWD, PathBytes.of(path))
                .orElseThrow()
                .mode();
    }
}
