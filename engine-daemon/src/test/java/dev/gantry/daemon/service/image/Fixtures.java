package dev.gantry.daemon.service.image;

import dev.gantry.daemon.type.ContainerId;
import dev.gantry.registry.Digest;
import dev.gantry.registry.ImageReference;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Images and users made up for tests. */
final class Fixtures {

    static final ImageUse NO_USE = use(List.of());

    private Fixtures() {}

    static Digest digest(String seed) {
        return Digest.sha256(seed.getBytes(StandardCharsets.UTF_8));
    }

    static StoredImage image(String seed, String... layers) {
        List<Digest> ids = List.of(layers).stream().map(Fixtures::digest).toList();
        byte[] config = ConfigDocument.write("amd64", "linux", "", Instant.EPOCH, seed, ImageConfig.EMPTY, ids);
        List<StoredLayer> stored = ids.stream()
                .map(id -> new StoredLayer(id, id, 10, "application/vnd.oci.image.layer.v1.tar", 7))
                .toList();
        return new StoredImage(ConfigDocument.parse(config), stored, List.of());
    }

    static Catalog catalog(StoredImage image, String... names) {
        return name(Catalog.EMPTY, image, names);
    }

    static Catalog name(Catalog catalog, StoredImage image, String... names) {
        Catalog named = catalog.with(image);
        for (String name : names) {
            named = named.with(new NamedImage(ImageReference.parse(name), image.id(), Optional.empty()));
        }
        return named;
    }

    static ContainerId container(char digit) {
        return new ContainerId(String.valueOf(digit).repeat(64));
    }

    static ImageUse use(List<ImageUse.User> users) {
        return new ImageUse() {
            @Override
            public List<User> usersOf(ImageId image) {
                return users;
            }

            @Override
            public Collection<List<Digest>> stacks() {
                return List.of();
            }
        };
    }
}
