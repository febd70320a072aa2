package dev.gantry.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a manifest says about a piece of content.
 *
 * @param mediaType what the content is
 * @param digest its address
 * @param size bytes
 * @param platform what it runs on; only entries of an index say so
 * @param urls where else it might be; never followed, since a manifest must not choose whom the engine talks to
 *     (CVE-2020-15157)
 * @param annotations free text by key
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        Optional<Platform> platform,
        List<String> urls,
        Map<String, String> annotations) {

    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("negative size of " + digest + ": " + size);
        }
        urls = List.copyOf(urls);
        annotations = Map.copyOf(annotations);
    }

    /** A descriptor that says no more than it must. */
    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, Optional.empty(), List.of(), Map.of());
    }
}
