package dev.gantry.daemon.service.image;

import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.layer.Layer;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes blobs and layers that no image names, no container stands on and nobody holds. Thread-safe.
 */
final class Garbage {

    private final ContentStore content;
    private final LayerStore layers;
    private final ImageRecords records;
    private final Holds holds;
    private final ImageUse use;
    private final Clock clock;

    Garbage(ContentStore content, LayerStore layers, ImageRecords records, Holds holds, ImageUse use, Clock clock) {
        this.content = content;
        this.layers = layers;
        this.records = records;
        this.holds = holds;
        this.use = use;
        this.clock = clock;
    }

    /** Everything an image consists of. */
    static Set<Digest> blobsOf(StoredImage image) {
        Set<Digest> blobs = new HashSet<>(image.manifests());
        blobs.add(image.id().digest());
        image.layers().forEach(layer -> blobs.add(layer.blob()));
        return blobs;
    }

    /** Removes those of the given blobs that are garbage. */
    void collectBlobs(Collection<Digest> candidates) {
        for (Digest blob : candidates) {
            holds.unlessHeld(blob, () -> !isBlobNamed(blob) && content.remove(blob));
        }
    }

    /** Removes those of the given layers that are garbage. Their files are deleted later. */
    void collectLayers(Collection<Digest> candidates) {
        for (Digest layer : candidates) {
            holds.unlessHeld(layer, () -> !isLayerUsed(layer) && layers.remove(layer));
        }
    }

    /**
     * Removes all garbage, but for blobs that came lately, as a pull that was cut short will want them.
     *
     * @param keep how old a blob must be to go
     */
    void sweep(Duration keep) {
        collectLayers(layers.list().stream().map(Layer::diffId).toList());
        Instant limit = clock.instant().minus(keep);
        collectBlobs(
                content.list().stream().filter(blob -> isOlder(blob, limit)).toList());
        content.sweep(keep);
    }

    private boolean isOlder(Digest blob, Instant limit) {
        try {
            return Files.getLastModifiedTime(content.path(blob)).toInstant().isBefore(limit);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw EngineException.internal("Cannot look at the blob " + blob + ": " + e.getMessage(), e);
        }
    }

    private boolean isBlobNamed(Digest blob) {
        return records.catalog().images().stream()
                .anyMatch(image -> blobsOf(image).contains(blob));
    }

    private boolean isLayerUsed(Digest layer) {
        return records.catalog().images().stream()
                        .anyMatch(image -> image.image().layers().contains(layer))
                || use.stacks().stream().anyMatch(stack -> stack.contains(layer));
    }

    /** The stacks of layers that went with an image, the highest first, named as docker names them. */
    List<Digest> goneChains(Image image) {
        Set<Digest> remaining = new HashSet<>();
        records.catalog()
                .images()
                .forEach(other -> remaining.addAll(other.image().chainIds()));
        use.stacks().forEach(stack -> remaining.addAll(Image.chainIds(stack)));
        List<Digest> gone = new ArrayList<>(image.chainIds().stream()
                .filter(chain -> !remaining.contains(chain))
                .toList());
        Collections.reverse(gone);
        return gone;
    }
}
