package dev.gantry.daemon.service.image;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which images a list shows.
 *
 * @param references patterns, of which an image must have a name that matches one; none shows all
 * @param labels as {@code name} or {@code name=value}, all of which an image must have
 * @param withoutLabels as {@code name} or {@code name=value}, none of which an image may have
 * @param before an image, by any name, that those shown are older than
 * @param since an image, by any name, that those shown are younger than
 * @param until shows what was created before
 * @param dangling true shows only images without a tag, false only those with a name
 */
public record ImageFilter(
        List<String> references,
        List<String> labels,
        List<String> withoutLabels,
        Optional<String> before,
        Optional<String> since,
        Optional<Instant> until,
        Optional<Boolean> dangling) {

    /** Shows all. */
    public static final ImageFilter NONE = new ImageFilter(
            List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public ImageFilter {
        references = List.copyOf(references);
        labels = List.copyOf(labels);
        withoutLabels = List.copyOf(withoutLabels);
    }
}
