package dev.gantry.daemon.service.image;

import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.content.Spool;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.store.layer.LayerUnpack;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Descriptor;
import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Loads the images of archives. Either all images of an archive come in or none. Several may load at once. */
final class ImageLoader {

    private static final Logger LOG = System.getLogger(ImageLoader.class.getName());

    private final ContentStore content;
    private final LayerStore layers;
    private final ImageRecords records;
    private final Holds holds;
    private final Garbage garbage;
    private final ImageEvents events;
    private final Turns turns;

    ImageLoader(
            ContentStore content,
            LayerStore layers,
            ImageRecords records,
            Holds holds,
            Garbage garbage,
            ImageEvents events,
            Turns turns) {
        this.content = content;
        this.layers = layers;
        this.records = records;
        this.holds = holds;
        this.garbage = garbage;
        this.events = events;
        this.turns = turns;
    }

    /** Spools an archive and reads it to its end. The caller closes the result. */
    ArchiveFiles spool(InputStream archive) {
        try (InputStream plain = ArchiveCompression.open(archive)) {
            ArchiveFiles files = ArchiveFiles.spool(plain, content);
            try {
                archive.transferTo(OutputStream.nullOutputStream());
                return files;
            } catch (IOException e) {
                files.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EngineException(EngineException.Kind.INVALID, "Cannot read the archive: " + e.getMessage(), e);
        }
    }

    /** An image of the archive whose parts have been found. */
    private record Part(ArchivedImage archived, Image image, List<Spool> layers, List<Spool> documents) {}

    /** Makes images of what was spooled. */
    void load(ArchiveFiles files, Consumer<ImageProgress> listeners, Cancellation cancellation)
            throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        for (ArchivedImage archived : ArchiveIndex.read(files)) {
            parts.add(part(archived, files));
        }
        Set<Digest> blobs = new HashSet<>();
        Set<Digest> diffIds = new HashSet<>();
        for (Part part : parts) {
            part.layers().forEach(spool -> blobs.add(spool.finish()));
            part.documents().forEach(spool -> blobs.add(spool.finish()));
            diffIds.addAll(part.image().layers());
        }
        Set<Digest> held = new HashSet<>(blobs);
        held.addAll(diffIds);
        Holds.Hold hold = holds.hold(held);
        boolean done = false;
        try {
            List<StoredImage> images = new ArrayList<>();
            for (Part part : parts) {
                images.add(bring(part, listeners, cancellation));
            }
            for (int i = 0; i < parts.size(); i++) {
                register(parts.get(i), images.get(i), listeners);
            }
            done = true;
        } finally {
            hold.close();
            if (!done) {
                garbage.collectLayers(diffIds);
                garbage.collectBlobs(blobs);
            }
        }
    }

    private static Part part(ArchivedImage archived, ArchiveFiles files) {
        Image image = ConfigDocument.parse(files.document(archived.config()));
        if (image.layers().size() != archived.layers().size()) {
            // compat: docker's text
            throw EngineException.invalid("invalid manifest, layers length mismatch: expected "
                    + image.layers().size() + ", got " + archived.layers().size());
        }
        List<Spool> documents = new ArrayList<>(List.of(files.file(archived.config())));
        archived.manifests().forEach(name -> documents.add(files.file(name)));
        List<Spool> layers = archived.layers().stream().map(files::file).toList();
        return new Part(archived, image, layers, documents);
    }

    private StoredImage bring(Part part, Consumer<ImageProgress> listeners, Cancellation cancellation)
            throws InterruptedException {
        Map<Digest, Spool> spools = new HashMap<>();
        List<Descriptor> blobs = new ArrayList<>();
        for (Spool spool : part.layers()) {
            spools.put(spool.finish(), spool);
            blobs.add(Descriptor.of(ArchiveCompression.layerType(spool), spool.finish(), spool.size()));
        }
        List<StoredLayer> stored;
        try (LayerPull pull = new LayerPull(
                content,
                layers,
                turns,
                (blob, meter) -> unpack(spools, blob, meter),
                onlyLoading(listeners),
                cancellation)) {
            stored = pull.bring(blobs, part.image().layers(), records.catalog());
        }
        for (StoredLayer layer : stored) {
            Optional.ofNullable(spools.get(layer.blob())).ifPresent(Spool::commit);
        }
        part.documents().forEach(Spool::commit);
        List<Digest> manifests = part.documents().subList(1, part.documents().size()).stream()
                .map(Spool::finish)
                .toList();
        return new StoredImage(part.image(), stored, manifests);
    }

    private LayerUnpack unpack(Map<Digest, Spool> spools, Descriptor blob, LayerMeter meter) {
        Spool spool = Optional.ofNullable(spools.get(blob.digest())).orElseThrow();
        LayerUnpack unpack = layers.begin();
        try (InputStream stream = spool.open()) {
            unpack.unpack(meter.watch(stream, ImageProgress.Step.LOADING));
            meter.tellWhole(ImageProgress.Step.LOADING);
            return unpack;
        } catch (IOException e) {
            unpack.close();
            throw EngineException.internal("Cannot read what was spooled: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            unpack.close();
            throw e;
        }
    }

    /** The other steps of a pull mean nothing to one who loads. */
    private static Consumer<ImageProgress> onlyLoading(Consumer<ImageProgress> listeners) {
        return event -> {
            if (event instanceof ImageProgress.Layer layer && layer.step() == ImageProgress.Step.LOADING) {
                listeners.accept(event);
            }
        };
    }

    private void register(Part part, StoredImage image, Consumer<ImageProgress> listeners) {
        records.add(image);
        for (ImageReference name : part.archived().names()) {
            records.name(new NamedImage(name, image.id(), Optional.empty()));
            listeners.accept(new ImageProgress.LoadedName(name.familiar()));
        }
        if (part.archived().names().isEmpty()) {
            listeners.accept(new ImageProgress.LoadedId(image.id()));
        }
        events.loaded(image.image());
        LOG.log(Level.INFO, "Image loaded image={0}", image.id().shortForm());
    }
}
