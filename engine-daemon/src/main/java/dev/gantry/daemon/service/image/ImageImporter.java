package dev.gantry.daemon.service.image;

import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.content.Spool;
import dev.gantry.daemon.store.layer.Layer;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.store.layer.LayerUnpack;
import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.Platform;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes images of archives of files, in one pass. Several may import at once. */
final class ImageImporter {

    private static final Logger LOG = System.getLogger(ImageImporter.class.getName());

    private final ContentStore content;
    private final LayerStore layers;
    private final ImageRecords records;
    private final Holds holds;
    private final Garbage garbage;
    private final ImageEvents events;
    private final Clock clock;

    ImageImporter(
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

    ImageId importArchive(InputStream archive, ImportRequest request) {
        ImageConfig config = ConfigChanges.apply(ImageConfig.EMPTY, request.changes());
        try (Spool spool = content.spool();
                LayerUnpack unpack = layers.begin()) {
            Digest diffId = unpack.unpack(spool.tee(archive));
            Digest blob = spool.finish();
            Holds.Hold hold = holds.hold(List.of(diffId, blob));
            boolean done = false;
            try {
                Layer layer = unpack.publish(diffId, List.of());
                long blobSize = spool.size();
                String type = ArchiveCompression.layerType(spool);
                spool.commit();
                StoredLayer stored = new StoredLayer(diffId, blob, blobSize, type, layer.size());
                ImageId id = register(stored, config, request);
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

    private ImageId register(StoredLayer layer, ImageConfig config, ImportRequest request) {
        Platform platform = request.platform().orElseGet(Platform::host);
        Instant now = clock.instant();
        byte[] document = ConfigDocument.write(
                platform.architecture(),
                platform.os(),
                platform.variant().orElse(""),
                now,
                request.message(),
                config,
                List.of(layer.diffId()));
        Image image = ConfigDocument.parse(document);
        Holds.Hold hold = holds.hold(Set.of(image.id().digest()));
        try {
            content.put(document);
            records.add(new StoredImage(image, List.of(layer), List.of()));
        } finally {
            hold.close();
        }
        request.name().map(ImageReference::withDefaultTag).ifPresent(name -> {
            records.name(new NamedImage(name, image.id(), Optional.of(now)));
            events.tagged(image, name);
        });
        events.imported(image);
        LOG.log(Level.INFO, "Image imported image={0}", image.id().shortForm());
        return image.id();
    }
}
