package dev.gantry.daemon.service.image;

import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Views of what a catalog holds, for one request. */
final class ImageList {

    private final Catalog catalog;
    private final ImageUse use;

    ImageList(Catalog catalog, ImageUse use) {
        this.catalog = catalog;
        this.use = use;
    }

    /** The images that a filter shows, the youngest first. */
    List<ImageSummary> list(ImageFilter filter) {
        Predicate<Image> wanted = images(filter);
        List<ReferencePattern> patterns =
                filter.references().stream().map(ReferencePattern::parse).toList();
        Map<Digest, Integer> sharing = sharing();
        List<ImageSummary> shown = new ArrayList<>();
        for (StoredImage image : catalog.images()) {
            if (wanted.test(image.image())) {
                summary(image, patterns, filter.dangling(), sharing).ifPresent(shown::add);
            }
        }
        shown.sort(Comparator.comparing((ImageSummary summary) -> created(summary.image()))
                .reversed()
                .thenComparing(summary -> summary.image().id()));
        return shown;
    }

    /** One image with all its names. */
    ImageSummary summary(StoredImage image) {
        return summary(image, List.of(), Optional.empty(), sharing()).orElseThrow();
    }

    private Optional<ImageSummary> summary(
            StoredImage image,
            List<ReferencePattern> patterns,
            Optional<Boolean> dangling,
            Map<Digest, Integer> sharing) {
        List<ImageReference> tags = new ArrayList<>();
        List<ImageReference> digests = new ArrayList<>();
        List<NamedImage> names = catalog.namesOf(image.id());
        for (NamedImage name : names) {
            if (patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(name.reference()))) {
                (name.reference().digest().isPresent() ? digests : tags).add(name.reference());
            }
        }
        boolean nameless = tags.isEmpty() && digests.isEmpty();
        if (nameless && (!patterns.isEmpty() || dangling.filter(only -> !only).isPresent())) {
            return Optional.empty();
        }
        if (!tags.isEmpty() && dangling.filter(only -> only).isPresent()) {
            return Optional.empty();
        }
        long shared = image.layers().stream()
                .filter(layer -> sharing.getOrDefault(layer.diffId(), 0) > 1)
                .mapToLong(StoredLayer::size)
                .sum();
        Optional<Instant> tagged =
                names.stream().flatMap(name -> name.tagged().stream()).max(Comparator.naturalOrder());
        int containers = use.usersOf(image.id()).size();
        return Optional.of(new ImageSummary(image.image(), tags, digests, image.size(), shared, tagged, containers));
    }

    private Predicate<Image> images(ImageFilter filter) {
        Optional<Instant> before =
                filter.before().map(name -> created(catalog.find(name).image().image()));
        Optional<Instant> since =
                filter.since().map(name -> created(catalog.find(name).image().image()));
        return image -> {
            Instant created = created(image);
            return before.map(created::isBefore).orElse(true)
                    && since.map(created::isAfter).orElse(true)
                    && filter.until().map(created::isBefore).orElse(true)
                    && filter.labels().stream().allMatch(label -> hasLabel(image, label))
                    && filter.withoutLabels().stream().noneMatch(label -> hasLabel(image, label));
        };
    }

    /** How many images have a layer. */
    private Map<Digest, Integer> sharing() {
        Map<Digest, Integer> sharing = new HashMap<>();
        catalog.images()
                .forEach(image -> image.image().layers().stream()
                        .distinct()
                        .forEach(layer -> sharing.merge(layer, 1, Integer::sum)));
        return sharing;
    }

    private static Instant created(Image image) {
        return image.created().orElse(Instant.EPOCH);
    }

    private static boolean hasLabel(Image image, String wanted) {
        int equals = wanted.indexOf('=');
        return equals < 0
                ? image.config().labels().containsKey(wanted)
                : wanted.substring(equals + 1).equals(image.config().labels().get(wanted.substring(0, equals)));
    }
}
