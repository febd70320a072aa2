package dev.gantry.daemon.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.linux.mount.MountTable;
import dev.gantry.daemon.store.RootOnly;
import dev.gantry.daemon.store.WorkDirectory;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.store.layer.LayerUnpack;
import dev.gantry.daemon.store.layer.UnpackLimits;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(RootOnly.class)
class SnapshotStoreIntegrationTests {

    private final WorkDirectory work = WorkDirectory.create();
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final LayerStore layers = LayerStore.open(work.path("layers"), UnpackLimits.DEFAULT, mapper, Runnable::run);
    private final SnapshotStore store = reopen();
    private final ContainerId id = ContainerId.random(new Random(3));

    private SnapshotStore reopen() {
        return SnapshotStore.open(work.path("snapshots"), layers, mapper, Runnable::run);
    }

    @AfterEach
    void clean() {
        work.close();
    }

    private Digest layer(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                byte[] content = namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(namesAndContents[i]);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        try (LayerUnpack unpack = layers.begin()) {
            Digest diffId = unpack.unpack(new ByteArrayInputStream(bytes.toByteArray()));
            unpack.publish(diffId, List.of());
            return diffId;
        }
    }

    @Test
    void layersLieUponEachOther() throws IOException {
        List<Digest> image = List.of(
                layer("a", "low", "gone", "x", "d/one", "1", "o/hidden", "h"),
                layer("a", "high", ".wh.gone", "", "d/two", "2", "o/.wh..wh..opq", "", "o/new", "n"));
        store.create(id, image);

        Path merged = store.mount(id);

        assertThat(merged.resolve("a")).hasContent("high");
        assertThat(merged.resolve("gone")).doesNotExist();
        assertThat(merged.resolve("d/one")).hasContent("1");
        assertThat(merged.resolve("d/two")).hasContent("2");
        assertThat(merged.resolve("o/hidden")).doesNotExist();
        assertThat(merged.resolve("o/new")).hasContent("n");
        assertThat(store.stacks()).containsExactly(image);
        assertThat(store.mount(id)).isEqualTo(merged);
    }

    @Test
    void changesSurviveUnmountAndReopening() throws IOException {
        store.create(id, List.of(layer("a", "1")));
        Files.writeString(store.mount(id).resolve("new"), "12345");
        store.unmount(id);
        store.unmount(id);

        SnapshotStore reopened = reopen();

        assertThat(reopened.find(id)).isPresent();
        assertThat(reopened.mount(id).resolve("new")).hasContent("12345");
        assertThat(reopened.size(id)).isEqualTo(5);
    }

    @Test
    void removeUnmountsAndDeletes() throws IOException {
        store.create(id, List.of());
        Path merged = store.mount(id);
        Files.createFile(merged.resolve("x"));
        assertThat(store.remove(id)).isTrue();
        assertThat(store.remove(id)).isFalse();
        assertThat(MountTable.read().isMountPoint(merged)).isFalse();
        assertThat(work.path("snapshots/containers")).isEmptyDirectory();
        assertThat(work.path("snapshots/removed")).isEmptyDirectory();
    }

    @Test
    void aRootOfManyLayersMounts() throws IOException {
        List<Digest> image = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            image.add(layer("f" + i, "" + i));
        }
        store.create(id, image);
        Path merged = store.mount(id);
        assertThat(merged.resolve("f0")).hasContent("0");
        assertThat(merged.resolve("f129")).hasContent("129");
    }

    @Test
    void moreLayersThanAMountTakesIsSaidClearly() throws IOException {
        List<Digest> image = java.util.Collections.nCopies(400, layer("f", "1"));
        store.create(id, image);
        assertThatThrownBy(() -> store.mount(id))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("an overlay mount takes 4095");
    }

    @Test
    void aMissingLayerIsRefusedAtOnce() {
        assertThatThrownBy(() -> store.create(id, List.of(Digest.sha256(new byte[1]))))
                .hasMessageContaining("No such layer");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void whatACrashLeftIsSwept() throws IOException {
        Files.createDirectories(work.path("snapshots/containers/" + id + "/upper/x"));
        reopen();
        assertThat(work.path("snapshots/containers")).isEmptyDirectory();
    }

    @Test
    void prepareMakesASharedMountOnce() throws IOException {
        Path root = Files.createDirectory(work.path("root"));
        SnapshotStore.prepare(root);
        SnapshotStore.prepare(root);
        assertThat(MountTable.read().below(root)).hasSize(1);
        assertThat(MountTable.read().at(root).orElseThrow().isShared()).isTrue();
    }
}
