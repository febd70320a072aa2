package dev.gantry.daemon.service.image;

import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.content.Ingest;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.store.layer.LayerUnpack;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Credentials;
import dev.gantry.registry.Descriptor;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.RegistryClient;
import dev.gantry.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * Brings layers of one repository: in one pass from the registry through the check of the blob's digest into the content
 * store and unpacked aside; or from the content store where the blob is there already. Several threads may fetch.
 */
final class LayerFetch {

    private final RegistryClient registry;
    private final ContentStore content;
    private final LayerStore layers;
    private final ImageReference repository;
    private final Credentials who;

    LayerFetch(
            RegistryClient registry,
            ContentStore content,
            LayerStore layers,
            ImageReference repository,
            Credentials who) {
        this.registry = registry;
        this.content = content;
        this.layers = layers;
        this.repository = repository;
        this.who = who;
    }

    /** Brings a layer and unpacks it aside. The caller publishes and closes the result. */
    LayerUnpack fetch(Descriptor blob, LayerMeter meter) {
        LayerUnpack unpack = layers.begin();
        try {
            if (content.contains(blob.digest())) {
                meter.tell(ImageProgress.Step.DOWNLOADED);
                fromContent(blob, unpack, meter);
            } else {
                fromRegistry(blob, unpack, meter);
                meter.tellWhole(ImageProgress.Step.EXTRACTING);
            }
            return unpack;
        } catch (IOException e) {
            unpack.close();
            throw EngineException.internal("Cannot bring the layer " + blob.digest() + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            unpack.close();
            throw e;
        }
    }

    private void fromContent(Descriptor blob, LayerUnpack unpack, LayerMeter meter) throws IOException {
        try (InputStream stored = content.open(blob.digest())) {
            unpack.unpack(meter.watch(stored, ImageProgress.Step.EXTRACTING));
        }
    }

    private void fromRegistry(Descriptor blob, LayerUnpack unpack, LayerMeter meter) throws IOException {
        try (Ingest ingest = content.ingest(blob.digest(), OptionalLong.of(blob.size()))) {
            try (ResumedBlob remote = new ResumedBlob(registry, repository, blob, who, ingest.offset())) {
                InputStream whole = remote.noting(ingest.tee(remote.rest()));
                unpack.unpack(meter.watch(whole, ImageProgress.Step.DOWNLOADING));
                meter.tell(ImageProgress.Step.VERIFYING);
                ingest.commit();
                meter.tell(ImageProgress.Step.DOWNLOADED);
            } catch (RuntimeException e) {
                if (!mayGoOnLater(e)) {
                    ingest.abort();
                }
                throw e;
            }
        }
    }

    /** Whether what has arrived is worth keeping: the connection failed or nobody waits any more, but nothing is wrong. */
    private static boolean mayGoOnLater(RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
            return true;
        }
        return e instanceof RegistryException failure
                && switch (failure.kind()) {
                    case CANCELLED, UNAVAILABLE, RATE_LIMITED, UNAUTHORIZED, DENIED -> true;
                    default -> false;
                };
    }
}
