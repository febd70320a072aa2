package dev.gantry.daemon.store.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.store.Programs;
import dev.gantry.daemon.store.RootOnly;
import dev.gantry.daemon.store.TreeListing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Unpacks the layers of a real distribution and compares with GNU tar, where the laboratory's images are on the host. */
@ExtendWith(RootOnly.class)
class LabImageComparisonIntegrationTests {

    @Test
    void unpacksEveryLayerAsGnuTarDoes() throws IOException {
        Path image = Path.of(System.getProperty("user.home"), ".cache/engine-lab/images/big.tar");
        assumeThat(image).as("the laboratory's images are not on this host").exists();
        try (TestLayers layers = new TestLayers()) {
            Path archives = Files.createDirectory(layers.work.path("archives"));
            Programs.run(archives, "tar", "-xf", image.toString());
            List<Path> found;
            try (var walk = Files.walk(archives)) {
                found = walk.filter(path -> path.endsWith("layer.tar")).toList();
            }
            assertThat(found).isNotEmpty();
            for (Path archive : found) {
                compare(layers, archive);
            }
        }
    }

    private static void compare(TestLayers layers, Path archive) throws IOException {
        Path expected = Files.createDirectory(layers.work.path("expected"));
        Programs.run(expected, "tar", "--numeric-owner", "--same-permissions", "-xf", archive.toString());
        try (InputStream stream = Files.newInputStream(archive)) {
            Path actual = layers.add(stream);
            var expectedTree = TreeListing.of(expected);
            var actualTree = TreeListing.of(actual);
            // The archives do not describe their root.
            expectedTree.remove(".");
            actualTree.remove(".");
            assertThat(actualTree).isEqualTo(expectedTree);
        }
        FileTree.delete(expected);
        Files.delete(archive);
    }
}
