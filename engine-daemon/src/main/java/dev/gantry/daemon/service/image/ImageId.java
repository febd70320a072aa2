package dev.gantry.daemon.service.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gantry.registry.Digest;

/**
 * Identifies an image: the digest of its configuration, so that equal images have equal ids on every host.
 *
 * @param digest of the configuration's bytes
 */
public record ImageId(@JsonValue Digest digest) implements Comparable<ImageId> {

    private static final int SHORT_LENGTH = 12;

    /** Reads {@code sha256:<64 hex>}. */
    @JsonCreator
    public static ImageId parse(String text) {
        return new ImageId(Digest.parse(text));
    }

    /** The first 12 digits, for people and log lines. */
    public String shortForm() {
        return digest.hex().substring(0, SHORT_LENGTH);
    }

    /** Tells whether {@code text} is the beginning of this id, with or without the algorithm in front. */
    boolean startsWith(String text) {
        return digest.hex().startsWith(text) || digest.toString().startsWith(text);
    }

    @Override
    public int compareTo(ImageId other) {
        return digest.compareTo(other.digest);
    }

    @Override
    public String toString() {
        return digest.toString();
    }
}
