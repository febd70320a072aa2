package dev.gantry.daemon.service.image;

import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.content.Spool;
import dev.gantry.daemon.store.layer.Layer;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.store.layer.LayerUnpack;
import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.MediaType;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes images of others and one more layer, in one pass. Several may commit at once. */
final class ImageCommitter {

    private static final Logger LOG = System.getLogger(ImageCommitter.class.getName());

    /** An archive without entries: two blocks of zeros. */
    private static final Digest NO_CHANGES = Digest.sha256(new byte[1024]);

    private final ContentStore content;
    private final LayerStore layers;
    private final ImageRecords records;
    private final Holds holds;
    private final Garbage garbage;
    private final ImageEvents events;
    private final Clock clock;

    ImageCommitter(
            ContentStore content,
            LayerStore layers,
            ImageRecords records,
            Holds holds,
            Garbage garbage,
            ImageEvents events,
            Clock clock) {
        this.content = content;
        this.layers = layers;
        this.records = records;
        this.holds = holds;
        this.garbage = garbage;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Makes the image.
     *
     * @param base stays held by the caller meanwhile
     * @param archive of the layer, uncompressed; read to its end
     */
    ImageId commit(StoredImage base, InputStream archive, CommitRequest request) {
        ImageConfig config = ConfigChanges.apply(request.config(), request.changes());
        try (Spool spool = content.spool();
                LayerUnpack unpack = layers.begin()) {
            Digest diffId = unpack.unpack(spool.tee(archive));
            Digest blob = spool.finish();
            if (diffId.equals(NO_CHANGES)) {
                return register(base, Optional.empty(), config, request);
            }
            Holds.Hold hold = holds.hold(List.of(diffId, blob));
            boolean done = false;
            try {
                Layer layer = unpack.publish(diffId, base.image().layers());
                StoredLayer stored = new StoredLayer(diffId, blob, spool.size(), MediaType.OCI_LAYER, layer.size());
                spool.commit();
                ImageId id = register(base, Optional.of(stored), config, request);
                done = true;
                return id;
            } finally {
                hold.close();
                if (!done) {
                    garbage.collectLayers(Set.of(diffId));
                    garbage.collectBlobs(Set.of(blob));
                }
            }
        }
    }

    private ImageId register(StoredImage base, Optional<StoredLayer> layer, ImageConfig config, CommitRequest request) {
        Instant now = clock.instant();
        List<StoredLayer> all = new ArrayList<>(base.layers());
        layer.ifPresent(all::add);
        HistoryEntry step = new HistoryEntry(
                Optional.of(now), request.createdBy(), request.author(), request.comment(), layer.isEmpty());
        byte[] document = ConfigDocument.write(
                base.image(),
                config,
                step,
                all.stream().map(StoredLayer::diffId).toList());
        Image image = ConfigDocument.parse(document);
        Holds.Hold hold = holds.hold(Set.of(image.id().digest()));
        try {
            content.put(document);
            records.add(new StoredImage(image, all, List.of()));
        } finally {
            hold.close();
        }
        request.name().map(ImageReference::withDefaultTag).ifPresent(name -> {
            records.name(new NamedImage(name, image.id(), Optional.of(now)));
            events.tagged(image, name);
        });
        LOG.log(Level.INFO, "Image committed image={0}", image.id().shortForm());
        return image.id();
    }
}
