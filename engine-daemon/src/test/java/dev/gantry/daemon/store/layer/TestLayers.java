package dev.gantry.daemon.store.layer;

import dev.gantry.daemon.store.WorkDirectory;
import dev.gantry.registry.Digest;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A layer store in a directory of its own, that deletes at once. */
final class TestLayers implements AutoCloseable {

    final WorkDirectory work = WorkDirectory.create();
    final LayerStore store;

    TestLayers() {
        this(UnpackLimits.DEFAULT);
    }

    TestLayers(UnpackLimits limits) {
        store = open(work.path("layers"), limits);
    }

    static LayerStore open(Path path, UnpackLimits limits) {
        return LayerStore.open(path, limits, JsonMapper.builder().build(), Runnable::run);
    }

    /** Unpacks and publishes. Returns where the files are. */
    Path add(InputStream archive, Digest... below) {
        try (LayerUnpack unpack = store.begin()) {
            Digest diffId = unpack.unpack(archive);
            unpack.publish(diffId, List.of(below));
            return store.path(diffId);
        }
    }

    Path add(TestArchive archive, Digest... below) {
        return add(archive.open(), below);
    }

    @Override
    public void close() {
        work.close();
    }
}
