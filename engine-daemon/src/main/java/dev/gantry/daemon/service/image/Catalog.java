package dev.gantry.daemon.service.image;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The images that are here and their names, at one moment. Immutable. */
final class Catalog {

    /** Nothing. */
    static final Catalog EMPTY = new Catalog(Map.of(), new TreeMap<>());

    private static final Pattern BARE_ID = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ID_PREFIX = Pattern.compile("(?:sha256:)?[0-9a-f]{1,64}");

    private final Map<ImageId, StoredImage> images;
    private final SortedMap<String, NamedImage> names;
    private final Map<ImageId, List<NamedImage>> namesByImage;

    private Catalog(Map<ImageId, StoredImage> images, SortedMap<String, NamedImage> names) {
        this.images = images;
        this.names = names;
        this.namesByImage = new HashMap<>();
        names.values()
                .forEach(name -> namesByImage
                        .computeIfAbsent(name.image(), key -> new ArrayList<>())
                        .add(name));
    }

    /**
     * What a lookup found.
     *
     * @param image the image
     * @param name the name it was found by; absent where it was found by its id
     */
    record Found(StoredImage image, Optional<ImageReference> name) {}

    Collection<StoredImage> images() {
        return images.values();
    }

    Collection<NamedImage> names() {
        return names.values();
    }

    Optional<StoredImage> image(ImageId id) {
        return Optional.ofNullable(images.get(id));
    }

    Optional<NamedImage> name(ImageReference reference) {
        return Optional.ofNullable(names.get(reference.toString()));
    }

    /** The names of an image, in the order of their text. */
    List<NamedImage> namesOf(ImageId id) {
        return List.copyOf(namesByImage.getOrDefault(id, List.of()));
    }

    /**
     * Finds an image by what a person typed: its id, then a name (a digest wins over a tag), then the beginning of
     * exactly one id.
     *
     * @throws EngineException of kind not found, or invalid where it can be no name
     */
    Found find(String text) {
        if (BARE_ID.matcher(text).matches()) {
            return byId("sha256:" + text);
        }
        if (isDigest(text)) {
            return byId(text);
        }
        ImageReference reference = parse(text);
        NamedImage named = names.get(key(reference));
        if (named != null) {
            return new Found(stored(named), Optional.of(named.reference()));
        }
        StoredImage byPrefix = byPrefix(text);
        if (byPrefix != null) {
            return new Found(byPrefix, Optional.empty());
        }
        throw noSuchImage(reference.withDefaultTag().familiar());
    }

    /** Reads a name, with docker's text where it is none. */
    static ImageReference parse(String text) {
        try {
            return ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            throw new EngineException(EngineException.Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** The same names and one image more. */
    Catalog with(StoredImage image) {
        Map<ImageId, StoredImage> changed = new HashMap<>(images);
        changed.put(image.id(), image);
        return new Catalog(changed, names);
    }

    /** The same images, one of them with another name, which no other image has any more. */
    Catalog with(NamedImage name) {
        SortedMap<String, NamedImage> changed = new TreeMap<>(names);
        changed.put(name.reference().toString(), name);
        return new Catalog(images, changed);
    }

    Catalog without(ImageReference reference) {
        SortedMap<String, NamedImage> changed = new TreeMap<>(names);
        changed.remove(reference.toString());
        return new Catalog(images, changed);
    }

    /** The same without an image and its names. */
    Catalog without(ImageId id) {
        Map<ImageId, StoredImage> changed = new HashMap<>(images);
        changed.remove(id);
        SortedMap<String, NamedImage> remaining = new TreeMap<>(names);
        remaining.values().removeIf(name -> name.image().equals(id));
        return new Catalog(changed, remaining);
    }

    private Found byId(String digest) {
        StoredImage image = images.get(ImageId.parse(digest));
        if (image == null) {
            throw noSuchImage(digest);
        }
        return new Found(image, Optional.empty());
    }

    private @Nullable StoredImage byPrefix(String text) {
        if (!ID_PREFIX.matcher(text).matches()) {
            return null;
        }
        StoredImage found = null;
        for (StoredImage image : images.values()) {
            if (image.id().startsWith(text)) {
                if (found != null) {
                    // compat: docker, too, takes an ambiguous beginning for a name that is not there, and the CLI
                    // then pulls that name.
                    return null;
                }
                found = image;
            }
        }
        return found;
    }

    private StoredImage stored(NamedImage named) {
        StoredImage image = images.get(named.image());
        if (image == null) {
            throw new IllegalStateException("The name " + named.reference() + " leads nowhere");
        }
        return image;
    }

    private static String key(ImageReference reference) {
        return reference
                .digest()
                .map(reference::withDigest)
                .orElseGet(reference::withDefaultTag)
                .toString();
    }

    private static boolean isDigest(String text) {
        try {
            Digest.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    // compat: clients look for this text; the docker CLI pulls when it meets it on create.
    private static EngineException noSuchImage(String name) {
        return EngineException.notFound("No such image: " + name);
    }
}
