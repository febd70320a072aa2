package dev.gantry.daemon.service.image;

import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.store.layer.LayerUnpack;
import dev.gantry.registry.Descriptor;
import dev.gantry.registry.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings all layers of one image, several at a time, and publishes them from the lowest up, as each is completed by
 * those below. Used by one thread.
 */
final class LayerPull implements AutoCloseable {

    private final ContentStore content;
    private final LayerStore layers;
    private final Turns turns;
    private final Source source;
    private final Consumer<ImageProgress> listeners;
    private final Cancellation cancellation;
    private final Crew crew = new Crew("layer");
    private final List<Part> parts = new ArrayList<>();

    /** Where layers come from. Called by several threads. */
    @FunctionalInterface
    interface Source {

        /** Brings a layer and unpacks it aside. The caller publishes and closes the result. */
        LayerUnpack fetch(Descriptor blob, LayerMeter meter);
    }

    LayerPull(
            ContentStore content,
            LayerStore layers,
            Turns turns,
            Source source,
            Consumer<ImageProgress> listeners,
            Cancellation cancellation) {
        this.content = content;
        this.layers = layers;
        this.turns = turns;
        this.source = source;
        this.listeners = listeners;
        this.cancellation = cancellation;
        cancellation.onRequest(crew::interrupt);
    }

    /** A layer of the image: here already, or what is being unpacked. */
    private static final class Part {
        final Digest diffId;
        final LayerMeter meter;
        StoredLayer stored;
        Crew.@Nullable Member<LayerUnpack> coming;
        volatile @Nullable LayerUnpack unpacked;

        Part(Digest diffId, LayerMeter meter, StoredLayer stored) {
            this.diffId = diffId;
            this.meter = meter;
            this.stored = stored;
        }
    }

    /**
     * Brings the layers.
     *
     * @param blobs as the manifest lists them
     * @param diffIds as the configuration lists them, as many
     * @param catalog tells in which blobs layers came that are here
     */
    List<StoredLayer> bring(List<Descriptor> blobs, List<Digest> diffIds, Catalog catalog) throws InterruptedException {
        Map<Digest, StoredLayer> known = present(catalog);
        Map<Digest, Part> coming = new HashMap<>();
        for (int i = 0; i < blobs.size(); i++) {
            Descriptor blob = blobs.get(i);
            Digest diffId = diffIds.get(i);
            LayerMeter meter = new LayerMeter(blob.digest(), blob.size(), listeners);
            StoredLayer stored = known.getOrDefault(
                    diffId, new StoredLayer(diffId, blob.digest(), blob.size(), blob.mediaType(), 0));
            Part part = new Part(diffId, meter, stored);
            parts.add(part);
            if (known.containsKey(diffId)) {
                meter.tell(ImageProgress.Step.ALREADY_EXISTS);
            } else if (coming.putIfAbsent(diffId, part) == null) {
                meter.tell(ImageProgress.Step.PULLING);
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Descriptor blob = blobs.get(i);
            if (coming.get(part.diffId) == part) {
                part.coming = crew.start(() -> fetch(blob, part));
            }
        }
        return publish(diffIds);
    }

    /** The layers that need not come: unpacked, with the blob they came in. */
    private Map<Digest, StoredLayer> present(Catalog catalog) {
        Map<Digest, StoredLayer> known = new HashMap<>();
        catalog.images()
                .forEach(image -> image.layers().forEach(layer -> {
                    if (layers.contains(layer.diffId()) && content.contains(layer.blob())) {
                        known.put(layer.diffId(), layer);
                    }
                }));
        return known;
    }

    private LayerUnpack fetch(Descriptor blob, Part part) throws InterruptedException {
        Turns.Turn turn = turns.await(blob.digest(), () -> part.meter.tell(ImageProgress.Step.WAITING));
        try {
            LayerUnpack unpack = source.fetch(blob, part.meter);
            part.unpacked = unpack;
            return unpack;
        } finally {
            turn.close();
        }
    }

    private List<StoredLayer> publish(List<Digest> diffIds) throws InterruptedException {
        List<StoredLayer> published = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Crew.Member<LayerUnpack> member = part.coming;
            if (member != null) {
                LayerUnpack unpack = member.await();
                cancellation.check();
                unpack.publish(part.diffId, diffIds.subList(0, i));
                part.meter.tell(ImageProgress.Step.PULLED);
            }
            StoredLayer layer = part.stored;
            published.add(new StoredLayer(
                    layer.diffId(), layer.blob(), layer.blobSize(), layer.mediaType(), layers.size(layer.diffId())));
        }
        return published;
    }

    /** Ends what is still under way and deletes what was not published. */
    @Override
    public void close() {
        crew.close();
        for (Part part : parts) {
            Optional.ofNullable(part.unpacked).ifPresent(LayerUnpack::close);
        }
    }
}
