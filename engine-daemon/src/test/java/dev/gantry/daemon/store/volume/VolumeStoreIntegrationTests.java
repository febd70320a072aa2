package dev.gantry.daemon.store.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.store.Programs;
import dev.gantry.daemon.store.RootOnly;
import dev.gantry.daemon.store.TreeListing;
import dev.gantry.daemon.store.WorkDirectory;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(RootOnly.class)
class VolumeStoreIntegrationTests {

    private final WorkDirectory work = WorkDirectory.create();
    private final VolumeStore store = reopen();

    private VolumeStore reopen() {
        return VolumeStore.open(work.path("volumes"), JsonMapper.builder().build(), Clock.systemUTC(), Runnable::run);
    }

    @AfterEach
    void clean() {
        work.close();
    }

    @Test
    void volumesSurviveAReopening() throws IOException {
        Volume volume = store.create("data.1", Map.of("l", "v"), Map.of());
        Files.writeString(store.path("data.1").resolve("f"), "x");
        assertThat(store.create("data.1", Map.of(), Map.of())).isEqualTo(volume);
        assertThat(reopen().list()).containsExactly(volume);
        assertThat(TreeListing.of(work.path("volumes/data")).get("./data.1")).startsWith("40701");
        assertThat(TreeListing.of(work.path("volumes/data")).get("./data.1/_data"))
                .startsWith("40755");
        assertThatThrownBy(() -> store.create("data.1", Map.of(), Map.of("type", "tmpfs")))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void whatACrashLeavesOfMakingOrRemovingAVolumeGoesAtTheNextOpening() throws IOException {
        store.create("half", Map.of(), Map.of());
        store.create("whole", Map.of(), Map.of());
        Files.delete(store.path("half"));
        assertThat(reopen().list()).extracting(Volume::name).containsExactly("whole");
        assertThat(work.path("volumes/data/half")).doesNotExist();
        assertThat(work.path("volumes/data/whole")).exists();
    }

    @Test
    void aRemovedVolumeIsGone() {
        store.create("vv", Map.of(), Map.of());
        store.remove("vv");
        assertThat(store.find("vv")).isEmpty();
        assertThat(store.path("vv")).doesNotExist();
        assertThatThrownBy(() -> store.remove("vv")).hasMessage("get vv: no such volume");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "..", "../x", "a/b", "-a", ".a", "a b", "ä1"})
    void aNameFollowsTheRules(String name) {
        assertThatThrownBy(() -> store.create(name, Map.of(), Map.of()))
                .hasMessageContaining("includes invalid characters for a local volume name");
    }

    @Test
    void anEmptyVolumeTakesWhatTheImageHas() throws IOException {
        Path root = Files.createDirectory(work.path("root"));
        Programs.run(
                root,
                "sh",
                "-c",
                "mkdir -p var/lib/db/sub && cd var/lib/db && echo x > f && ln f sub/g && ln -s /etc/passwd l"
                        + " && mkfifo p && mknod n c 1 3 && truncate -s 1M hole && echo end >> hole && chown 5:6 f"
                        + " && chmod 1770 . && chown 7:8 . && chmod 4755 hole && touch -d @99.123456789 f sub .");
        store.create("vv", Map.of(), Map.of());

        assertThat(store.copyUp("vv", root, ContainerPath.of("/var/lib/db"))).isTrue();

        assertThat(TreeListing.of(store.path("vv"))).isEqualTo(TreeListing.of(root.resolve("var/lib/db")));
        assertThat(store.copyUp("vv", root, ContainerPath.of("/var"))).isFalse();
    }

    @Test
    void copyUpStaysInsideOfTheRoot() throws IOException {
        Path root = Files.createDirectory(work.path("root"));
        Files.createDirectory(work.path("secret"));
        Files.writeString(work.path("secret").resolve("key"), "host");
        Files.createSymbolicLink(root.resolve("link"), work.path("secret"));
        store.create("vv", Map.of(), Map.of());
        for (String path : new String[] {"/../secret", "/link", "../../../../etc", "/proc/self/root/etc"}) {
            assertThat(store.copyUp("vv", root, ContainerPath.of(path))).isFalse();
        }
        assertThat(store.path("vv")).isEmptyDirectory();
    }
}
