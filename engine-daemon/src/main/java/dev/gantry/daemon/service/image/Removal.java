package dev.gantry.daemon.service.image;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.ImageReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what the removal of an image takes away, by docker's rules: a name goes alone as long as the image has others;
 * with the last one goes the image, unless a container uses it.
 *
 * @param untagged the names that go, in order
 * @param deleted the image, where it goes too
 */
record Removal(List<ImageReference> untagged, Optional<StoredImage> deleted) {

    /** Which conflicts a caller wants to override. */
    enum Force {
        NOTHING,
        /** Names that are left, and containers that do not run. */
        SOFT_CONFLICTS
    }

    /**
     * Plans a removal.
     *
     * @param typed the name or id, as given
     * @throws EngineException of kind not found or conflict, with docker's text
     */
    static Removal plan(Catalog catalog, String typed, Force force, ImageUse use) {
        Catalog.Found found = catalog.find(typed);
        List<ImageReference> names = catalog.namesOf(found.image().id()).stream()
                .map(NamedImage::reference)
                .toList();
        List<ImageUse.User> users = use.usersOf(found.image().id());
        return found.name().isPresent()
                ? byName(found.image(), found.name().get(), typed, names, users, force)
                : byId(found.image(), names, users, force);
    }

    private static Removal byName(
            StoredImage image,
            ImageReference name,
            String typed,
            List<ImageReference> names,
            List<ImageUse.User> users,
            Force force) {
        if (force == Force.NOTHING && isSingle(names) && !users.isEmpty()) {
            throw EngineException.conflict("conflict: unable to remove repository reference \"" + typed
                    + "\" (must force) - container " + users.get(0).container().shortForm()
                    + " is using its referenced image " + image.id().shortForm());
        }
        List<ImageReference> going = new ArrayList<>(List.of(name));
        List<ImageReference> staying = new ArrayList<>(names);
        staying.remove(name);
        if (name.digest().isEmpty() && staying.stream().noneMatch(other -> isTagOf(other, name))) {
            List<ImageReference> digests = staying.stream()
                    .filter(other -> isSameRepository(other, name))
                    .toList();
            going.addAll(digests);
            staying.removeAll(digests);
        }
        boolean deletes =
                staying.isEmpty() && conflict(image, List.of(), users, force).isEmpty();
        return new Removal(going, deletes ? Optional.of(image) : Optional.empty());
    }

    private static Removal byId(StoredImage image, List<ImageReference> names, List<ImageUse.User> users, Force force) {
        List<ImageReference> left = isSingle(names) ? List.of() : names;
        conflict(image, left, users, force).ifPresent(reason -> {
            throw EngineException.conflict(reason);
        });
        return new Removal(names, Optional.of(image));
    }

    private static Optional<String> conflict(
            StoredImage image, List<ImageReference> names, List<ImageUse.User> users, Force force) {
        for (ImageUse.User user : users) {
            if (user.running()) {
                return Optional.of(unable(image, "cannot be forced") + "image is being used by running container "
                        + user.container().shortForm());
            }
        }
        if (force == Force.SOFT_CONFLICTS) {
            return Optional.empty();
        }
        if (!names.isEmpty()) {
            return Optional.of(unable(image, "must be forced") + "image is referenced in multiple repositories");
        }
        return users.stream()
                .findFirst()
                .map(user -> unable(image, "must be forced") + "image is being used by stopped container "
                        + user.container().shortForm());
    }

    private static String unable(StoredImage image, String how) {
        return "conflict: unable to delete " + image.id().shortForm() + " (" + how + ") - ";
    }

    /** Whether the names are one tag at most, and digests of the same repository. */
    private static boolean isSingle(List<ImageReference> names) {
        if (names.size() <= 1) {
            return names.size() == 1;
        }
        long tags = names.stream().filter(name -> name.digest().isEmpty()).count();
        Set<String> repositories = new HashSet<>();
        names.forEach(name -> repositories.add(name.familiarName()));
        return tags <= 1 && repositories.size() == 1;
    }

    private static boolean isTagOf(ImageReference other, ImageReference name) {
        return other.digest().isEmpty() && isSameRepository(other, name);
    }

    private static boolean isSameRepository(ImageReference other, ImageReference name) {
        return other.familiarName().equals(name.familiarName());
    }
}
