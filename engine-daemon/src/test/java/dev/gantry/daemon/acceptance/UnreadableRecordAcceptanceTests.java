package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What belongs to a container whose record cannot be read is kept until the operator decides. */
class UnreadableRecordAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    private TestDaemon daemon;

    @BeforeEach
    void start() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
    }

    @AfterEach
    void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    private String docker(String... arguments) {
        return daemon.docker(arguments).run().ok();
    }

    private List<Path> layers() throws IOException {
        try (Stream<Path> layers = Files.list(daemon.dataRoot().resolve("layers/layers"))) {
            return layers.toList();
        }
    }

    @Test
    void itsLayersAndVolumesStayUntilItIsRepairedOrTakenAway() throws IOException {
        String id =
                docker("create", "-v", "named:/named", "-v", "/anonymous", IMAGE, "cat", "/data/seed", "/named/file");
        docker("run", "--rm", "-v", "named:/named", IMAGE, "sh", "-c", "echo of the volume >/named/file");
        String anonymous = docker("volume", "ls", "-q").replace("named", "").strip();
        Path record = daemon.dataRoot().resolve("records").resolve(id + ".json");
        String whole = Files.readString(record);
        restartWith(record, whole.substring(0, whole.length() - 1));

        assertThat(docker("ps", "-aq")).isEmpty();
        assertThat(Files.readString(daemon.log()))
                .contains("container unreadable")
                .contains("id=" + id.substring(0, 12));
        docker("rmi", IMAGE);
        restartWith(record.resolveSibling("unrelated.txt"), "");
        assertThat(layers()).hasSize(1);
        for (String volume : List.of("named", anonymous)) {
            assertThat(daemon.docker("volume", "rm", volume).run().err()).contains("volume is in use");
        }

        restartWith(record, whole);
        assertThat(docker("start", "-a", id)).isEqualTo("from the image\nof the volume");

        restartWith(record, "");
        Files.deleteIfExists(record.resolveSibling(id + ".json.damaged"));
        restartWith(record.resolveSibling("unrelated.txt"), "");
        Awaitility.await("the layer goes, which nobody needs")
                .untilAsserted(() -> assertThat(layers()).isEmpty());
        assertThat(docker("volume", "rm", "named")).isEqualTo("named");
        assertThat(daemon.dataRoot().resolve("containers").resolve(id)).doesNotExist();
    }

    private void restartWith(Path file, String content) throws IOException {
        daemon.kill();
        Files.writeString(file, content);
        daemon.launch();
    }
}
