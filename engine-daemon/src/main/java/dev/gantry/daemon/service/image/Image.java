package dev.gantry.daemon.service.image;

import dev.gantry.registry.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image as its configuration describes it. Text that is not given is empty.
 *
 * @param id digest of the configuration
 * @param architecture in Go's words: {@code amd64}, {@code arm64}
 * @param os in Go's words: {@code linux}
 * @param variant of the architecture: {@code v7}
 * @param osVersion of Windows images
 * @param author who made it
 * @param created absent where the builder kept no time
 * @param comment of the image itself
 * @param dockerVersion the engine that made it
 * @param config what it says about its containers
 * @param layers digests of the uncompressed layers, the lowest first
 * @param history the steps, the oldest first
 */
public record Image(
        ImageId id,
        String architecture,
        String os,
        String variant,
        String osVersion,
        String author,
        Optional<Instant> created,
        String comment,
        String dockerVersion,
        ImageConfig config,
        List<Digest> layers,
        List<HistoryEntry> history) {

    /** The most layers an image may have; overlay mounts with more do not fit in one page of options. */
    static final int MAX_LAYERS = 125;

    public Image {
        layers = List.copyOf(layers);
        history = List.copyOf(history);
        if (layers.size() > MAX_LAYERS) {
            throw new IllegalArgumentException(
                    "max depth exceeded: an image has at most " + MAX_LAYERS + " layers, not " + layers.size());
        }
    }

    /** The comment of the image, or of its last step where it has none. */
    public String effectiveComment() {
        if (!comment.isEmpty() || history.isEmpty()) {
            return comment;
        }
        return history.get(history.size() - 1).comment();
    }

    /** The digests that name each stack of layers from the lowest up to the n-th, as docker reports them on deletion. */
    public List<Digest> chainIds() {
        return chainIds(layers);
    }

    static List<Digest> chainIds(List<Digest> layers) {
        List<Digest> chain = new ArrayList<>();
        for (Digest layer : layers) {
            Digest next = layer;
            if (!chain.isEmpty()) {
                String pair = chain.get(chain.size() - 1) + " " + layer;
                next = Digest.sha256(pair.getBytes(StandardCharsets.US_ASCII));
            }
            chain.add(next);
        }
        return List.copyOf(chain);
    }
}
