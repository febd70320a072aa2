package dev.gantry.daemon.service.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gantry.daemon.failpoint.Failpoint;
import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.metadata.MetadataStore;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The images and their names on disk, one file each, and in memory as a {@link Catalog}. Changes are made one after the
 * other and are on the disk before anyone sees them. Thread-safe; readers never wait.
 */
final class ImageRecords {

    private static final Logger LOG = System.getLogger(ImageRecords.class.getName());

    private final MetadataStore<ImageRecord> images;
    private final MetadataStore<NameRecord> names;
    private volatile Catalog catalog = Catalog.EMPTY;

    private ImageRecords(MetadataStore<ImageRecord> images, MetadataStore<NameRecord> names) {
        this.images = images;
        this.names = names;
    }

    /** An image's file: what its configuration, which is a blob, does not tell. */
    record ImageRecord(ImageId id, List<StoredLayer> layers, List<Digest> manifests) {}

    /** A name's file. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NameRecord(
            String reference, ImageId image, @Nullable Instant tagged) {}

    /**
     * Loads what is in a directory. An image of which a part is missing is forgotten, and so are its names.
     *
     * @param content holds the configurations
     * @param layerExists tells by its digest whether a layer is here, whole
     */
    static ImageRecords open(Path directory, ContentStore content, Predicate<Digest> layerExists) {
        JsonMapper mapper = JsonMapper.builder().build();
        ImageRecords records = new ImageRecords(
                MetadataStore.open(directory.resolve("images"), ImageRecord.class, mapper),
                MetadataStore.open(directory.resolve("names"), NameRecord.class, mapper));
        records.load(content, layerExists);
        return records;
    }

    private void load(ContentStore content, Predicate<Digest> layerExists) {
        Catalog loaded = Catalog.EMPTY;
        for (ImageRecord record : images.all()) {
            Optional<StoredImage> image = restore(record, content, layerExists);
            if (image.isPresent()) {
                loaded = loaded.with(image.get());
            } else {
                images.remove(key(record.id()));
            }
        }
        for (NameRecord record : names.all()) {
            if (loaded.image(record.image()).isPresent()) {
                loaded = loaded.with(new NamedImage(
                        ImageReference.parse(record.reference()),
                        record.image(),
                        Optional.ofNullable(record.tagged())));
            } else {
                names.remove(key(record.reference()));
                LOG.log(Level.WARNING, "Image name forgotten name={0} image={1}", record.reference(), record.image());
            }
        }
        catalog = loaded;
    }

    private static Optional<StoredImage> restore(
            ImageRecord record, ContentStore content, Predicate<Digest> layerExists) {
        try {
            Image image = ConfigDocument.parse(content.read(record.id().digest(), Documents.MAX_BYTES));
            for (Digest layer : image.layers()) {
                if (!layerExists.test(layer)) {
                    throw EngineException.notFound("No such layer: " + layer);
                }
            }
            return Optional.of(new StoredImage(image, record.layers(), record.manifests()));
        } catch (EngineException | IllegalArgumentException e) {
            LOG.log(
                    Level.WARNING,
                    "Image forgotten image={0} reason={1}",
                    record.id().shortForm(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** What is here at this moment. */
    Catalog catalog() {
        return catalog;
    }

    /** Adds an image, whose blobs and layers are all here. One that is here already learns of new manifests. */
    synchronized void add(StoredImage image) {
        StoredImage merged =
                catalog.image(image.id()).map(known -> merge(known, image)).orElse(image);
        images.put(key(image.id()), new ImageRecord(merged.id(), merged.layers(), merged.manifests()));
        change(before -> before.with(merged));
        Failpoint.IMAGE_RECORD.reach();
    }

    private static StoredImage merge(StoredImage known, StoredImage more) {
        List<Digest> manifests = new ArrayList<>(known.manifests());
        more.manifests().stream().filter(digest -> !manifests.contains(digest)).forEach(manifests::add);
        return new StoredImage(known.image(), known.layers(), manifests);
    }

    /** Gives an image a name, which is taken from the image that had it. */
    synchronized void name(NamedImage name) {
        if (catalog.image(name.image()).isEmpty()) {
            throw EngineException.notFound("No such image: " + name.image());
        }
        String reference = name.reference().toString();
        names.put(
                key(reference),
                new NameRecord(reference, name.image(), name.tagged().orElse(null)));
        change(before -> before.with(name));
    }

    /** Plans a removal on what is here now and carries it out. */
    synchronized Removal remove(Function<Catalog, Removal> plan) {
        Removal removal = plan.apply(catalog);
        for (ImageReference reference : removal.untagged()) {
            names.remove(key(reference.toString()));
            change(before -> before.without(reference));
        }
        removal.deleted().ifPresent(image -> {
            Failpoint.IMAGE_UNNAMED.reach();
            images.remove(key(image.id()));
            change(before -> before.without(image.id()));
        });
        return removal;
    }

    private void change(UnaryOperator<Catalog> change) {
        catalog = change.apply(catalog);
    }

    private static String key(ImageId id) {
        return id.digest().algorithm() + "-" + id.digest().hex();
    }

    /** Names are longer than file names may be, and hold slashes. */
    private static String key(String reference) {
        return Digest.sha256(reference.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
