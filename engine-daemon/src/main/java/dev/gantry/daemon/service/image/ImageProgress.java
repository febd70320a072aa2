package dev.gantry.daemon.service.image;

import dev.gantry.registry.Digest;

/** What a pull or a load tells while it works. */
public sealed interface ImageProgress {

    /**
     * The pull of a name begins.
     *
     * @param repository its path in the registry
     * @param what the tag, or the whole name where it is pulled by digest
     */
    record Pulling(String repository, String what) implements ImageProgress {}

    /**
     * A layer has come to a step, or on within it.
     *
     * @param layer digest of its blob for a pull, of the layer itself for a load
     * @param step what is being done
     * @param current bytes done, 0 where the step does not count
     * @param total bytes there are, 0 where the step does not count
     */
    record Layer(Digest layer, Step step, long current, long total) implements ImageProgress {}

    /**
     * The name stands for this content.
     *
     * @param digest of the manifest or index
     */
    record Resolved(Digest digest) implements ImageProgress {}

    /**
     * A pull is through.
     *
     * @param name as people write it
     * @param outcome whether anything is new
     */
    record Pulled(String name, Outcome outcome) implements ImageProgress {}

    /**
     * An image of an archive is in the store, under a name.
     *
     * @param name as people write it
     */
    record LoadedName(String name) implements ImageProgress {}

    /**
     * An image of an archive is in the store, without a name.
     *
     * @param image its id
     */
    record LoadedId(ImageId image) implements ImageProgress {}

    /** What is done to a layer. */
    enum Step {
        ALREADY_EXISTS,
        PULLING,
        WAITING,
        DOWNLOADING,
        VERIFYING,
        DOWNLOADED,
        EXTRACTING,
        PULLED,
        LOADING
    }

    /** Whether a pull changed anything. */
    enum Outcome {
        UP_TO_DATE,
        DOWNLOADED
    }
}
