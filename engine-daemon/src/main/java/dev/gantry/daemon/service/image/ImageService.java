package dev.gantry.daemon.service.image;

import dev.gantry.daemon.service.event.EventBus;
import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.RegistryClient;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The images of this engine: finding, listing, pulling, loading, importing, naming and removing them. Every method
 * throws {@link EngineException} with docker's texts. Thread-safe; readers never wait for writers.
 */
public final class ImageService {

    private static final Logger LOG = System.getLogger(ImageService.class.getName());

    private final LayerStore layers;
    private final ImageRecords records;
    private final ImageUse use;
    private final ImageSettings settings;
    private final Clock clock;
    private final Executor background;
    private final Holds holds = new Holds();
    private final Garbage garbage;
    private final ImageEvents events;
    private final Puller puller;
    private final SharedWork<PullRequest> pulls;
    private final ImageLoader loader;
    private final SharedWork<Object> loads;
    private final ImageImporter importer;
    private final ImageCommitter committer;

    private ImageService(
            ImageSettings settings,
            ContentStore content,
            LayerStore layers,
            RegistryClient registry,
            EventBus bus,
            ImageUse use,
            Clock clock,
            Executor background) {
        this.settings = settings;
        this.layers = layers;
        this.use = use;
        this.clock = clock;
        this.background = background;
        this.records = ImageRecords.open(settings.directory(), content, layers::contains);
        this.garbage = new Garbage(content, layers, records, holds, use, clock);
        this.events = new ImageEvents(bus, clock);
        Turns turns = new Turns(settings.layersAtATime());
        this.puller = new Puller(registry, content, layers, records, holds, garbage, events, turns);
        this.pulls = new SharedWork<>(background);
        this.loader = new ImageLoader(content, layers, records, holds, garbage, events, turns);
        this.loads = new SharedWork<>(background);
        this.importer = new ImageImporter(content, layers, records, holds, garbage, events, clock);
        this.committer = new ImageCommitter(content, layers, records, holds, garbage, events, clock);
    }

    /**
     * Opens the service on its stores: forgets images of which a part is missing. Call {@link #sweep} once containers
     * are known.
     *
     * @param use tells which containers use an image
     * @param background runs pulls and the removal of what is no longer needed, each on a thread of its own
     */
    public static ImageService open(
            ImageSettings settings,
            ContentStore content,
            LayerStore layers,
            RegistryClient registry,
            EventBus bus,
            ImageUse use,
            Clock clock,
            Executor background) {
        return new ImageService(settings, content, layers, registry, bus, use, clock, background);
    }

    /** Removes what no image and no container needs: the rest of work that was cut short. */
    public void sweep() {
        garbage.sweep(settings.keepUnused());
    }

    /** Finds an image by id, name or the beginning of its id. */
    public Image find(String name) {
        return records.catalog().find(name).image().image();
    }

    /** Finds an image and keeps its parts until the answer is closed, for the making of a container. */
    public HeldImage hold(String name) {
        while (true) {
            Catalog before = records.catalog();
            StoredImage found = before.find(name).image();
            Holds.Hold hold = holds.hold(partsOf(found));
            if (records.catalog().image(found.id()).isPresent()) {
                return new Held(found.image(), hold);
            }
            hold.close();
        }
    }

    private record Held(Image image, Holds.Hold hold) implements HeldImage {
        @Override
        public void close() {
            hold.close();
        }
    }

    private static Set<Digest> partsOf(StoredImage image) {
        Set<Digest> parts = new HashSet<>(Garbage.blobsOf(image));
        parts.addAll(image.image().layers());
        return parts;
    }

    /** One image with its names. */
    public ImageSummary inspect(String name) {
        Catalog catalog = records.catalog();
        return new ImageList(catalog, use).summary(catalog.find(name).image());
    }

    /** The images that a filter shows, the youngest first. */
    public List<ImageSummary> list(ImageFilter filter) {
        return new ImageList(records.catalog(), use).list(filter);
    }

    /** How many images are here. */
    public int count() {
        return records.catalog().images().size();
    }

    /** Where the files of an image's layers lie, the lowest first. */
    public List<Path> directories(Image image) {
        return image.layers().stream().map(layers::path).toList();
    }

    /** How an image came to be, the youngest step first. */
    public List<HistoryStep> history(String name) {
        Catalog catalog = records.catalog();
        StoredImage image = catalog.find(name).image();
        List<HistoryStep> steps = new ArrayList<>();
        int layer = 0;
        List<HistoryEntry> entries = image.image().history();
        for (int i = 0; i < entries.size(); i++) {
            long size = 0;
            if (!entries.get(i).emptyLayer()) {
                if (layer == image.layers().size()) {
                    throw EngineException.internal(
                            "too many non-empty layers in History section",
                            new IllegalStateException(image.id().toString()));
                }
                size = image.layers().get(layer++).size();
            }
            boolean youngest = i == entries.size() - 1;
            steps.add(new HistoryStep(
                    entries.get(i),
                    size,
                    youngest ? Optional.of(image.id()) : Optional.empty(),
                    youngest ? tagsOf(catalog, image.id()) : List.of()));
        }
        Collections.reverse(steps);
        return steps;
    }

    private static List<ImageReference> tagsOf(Catalog catalog, ImageId id) {
        return catalog.namesOf(id).stream()
                .map(NamedImage::reference)
                .filter(reference -> reference.digest().isEmpty())
                .toList();
    }

    /**
     * Gives an image another name, taking it from the image that had it.
     *
     * @param newName with a tag or none, which means {@code latest}
     */
    public void tag(String name, ImageReference newName) {
        StoredImage image = records.catalog().find(name).image();
        if (newName.digest().isPresent()) {
            throw EngineException.invalid("refusing to create a tag with a digest reference");
        }
        if (newName.familiarName().equals("sha256")) {
            throw EngineException.invalid("refusing to create an ambiguous tag using digest algorithm as name");
        }
        ImageReference reference = newName.withDefaultTag();
        records.name(new NamedImage(reference, image.id(), Optional.of(clock.instant())));
        events.tagged(image.image(), reference);
    }

    /** Takes a name away, and with the last one the image. What it consisted of is removed behind the answer. */
    public RemovedImage remove(String name) {
        return remove(name, Removal.Force.NOTHING);
    }

    /** As {@link #remove}, in spite of other names and of containers that do not run. */
    public RemovedImage forceRemove(String name) {
        return remove(name, Removal.Force.SOFT_CONFLICTS);
    }

    private RemovedImage remove(String name, Removal.Force force) {
        Image image = find(name);
        Removal removal = records.remove(catalog -> Removal.plan(catalog, name, force, use));
        // compat: the digests that go along with the last tag are not told.
        long told = removal.untagged().stream()
                .filter(reference -> reference.digest().isEmpty())
                .count();
        for (long i = 0; i < Math.max(told, removal.untagged().isEmpty() ? 0 : 1); i++) {
            events.untagged(image);
        }
        List<Digest> deleted = new ArrayList<>();
        removal.deleted().ifPresent(gone -> {
            deleted.add(gone.id().digest());
            deleted.addAll(garbage.goneChains(gone.image()));
            events.deleted(gone.image());
            LOG.log(Level.INFO, "Image removed image={0}", gone.id().shortForm());
            background.execute(() -> {
                garbage.collectLayers(gone.image().layers());
                garbage.collectBlobs(Garbage.blobsOf(gone));
            });
        });
        return new RemovedImage(removal.untagged(), deleted);
    }

    /**
     * Pulls an image, together with those who ask for the same at this moment. An error that comes before the first
     * event means that nothing was pulled.
     *
     * @throws IOException where the sink throws it; the pull then ends unless others wait for it
     */
    public void pull(PullRequest request, ProgressSink sink) throws IOException, InterruptedException {
        pulls.join(request, (listeners, cancellation) -> puller.pull(request, listeners, cancellation), sink);
    }

    /**
     * Loads the images of an archive, docker's or an OCI layout, compressed or not. All of them are here afterwards, or
     * none.
     *
     * @param archive read to its end before the first event, not closed
     * @throws IOException where the sink throws it; the load then ends
     */
    public void load(InputStream archive, ProgressSink sink) throws IOException, InterruptedException {
        try (ArchiveFiles files = loader.spool(archive)) {
            loads.join(new Object(), (listeners, cancellation) -> loader.load(files, listeners, cancellation), sink);
        }
    }

    /**
     * Makes an image of one layer from an archive of its files.
     *
     * @param archive tar, compressed or not; read to its end, not closed
     */
    public ImageId importArchive(InputStream archive, ImportRequest request) {
        return importer.importArchive(archive, request);
    }

    /**
     * Makes an image of another and one more layer.
     *
     * @param layer tar, uncompressed; read to its end, not closed
     * @throws EngineException not found where the base is gone; invalid for a change that is none
     */
    public ImageId commit(InputStream layer, CommitRequest request) {
        String base = request.base().toString();
        try (HeldImage held = hold(base)) {
            return committer.commit(
                    records.catalog()
                            .image(held.image().id())
                            .orElseThrow(() -> EngineException.notFound("No such image: " + base)),
                    layer,
                    request);
        }
    }
}
