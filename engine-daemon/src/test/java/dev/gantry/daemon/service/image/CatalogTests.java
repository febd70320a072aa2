package dev.gantry.daemon.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.ImageReference;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTests {

    private final StoredImage image = Fixtures.image("a", "l1");
    private final Catalog catalog = Fixtures.catalog(
            image, "busybox:latest", "localhost:5000/team/app:1", "busybox@" + Fixtures.digest("manifest"));

    @Test
    void findsByFullIdWithAndWithoutAlgorithm() {
        assertThat(catalog.find(image.id().toString()).image()).isSameAs(image);
        assertThat(catalog.find(image.id().digest().hex()).image()).isSameAs(image);
        assertThat(catalog.find(image.id().toString()).name()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io/library/busybox:latest",
        "busybox:latest, docker.io/library/busybox:latest",
        "docker.io/busybox, docker.io/library/busybox:latest",
        "index.docker.io/library/busybox, docker.io/library/busybox:latest",
        "localhost:5000/team/app:1, localhost:5000/team/app:1"
    })
    void findsByName(String typed, String name) {
        assertThat(catalog.find(typed).name()).map(ImageReference::toString).contains(name);
    }

    @Test
    void aDigestWinsOverATagAndMustBelongToTheRepository() {
        String digest = "@" + Fixtures.digest("manifest");

        assertThat(catalog.find("busybox" + digest).image()).isSameAs(image);
        assertThat(catalog.find("busybox:gone" + digest).image()).isSameAs(image);
        assertThatThrownBy(() -> catalog.find("other" + digest)).hasMessage("No such image: other" + digest);
    }

    @Test
    void findsByTheBeginningOfOneIdButANameWins() {
        String prefix = image.id().shortForm();

        assertThat(catalog.find(prefix).image()).isSameAs(image);
        assertThat(catalog.find("sha256:" + prefix).image()).isSameAs(image);
        StoredImage other = Fixtures.image("b", "l1");
        assertThat(Fixtures.name(catalog, other, prefix + ":latest")
                        .find(prefix)
                        .image())
                .isSameAs(other);
    }

    @Test
    void anAmbiguousBeginningIsNoImage() {
        Catalog many = catalog;
        for (int i = 0; i < 300; i++) {
            many = many.with(Fixtures.image("many" + i));
        }
        Catalog full = many;
        String shared = image.id().digest().hex().substring(0, 1);

        assertThatThrownBy(() -> full.find(shared)).hasMessage("No such image: " + shared + ":latest");
    }

    @ParameterizedTest
    @CsvSource({
        "nosuch, No such image: nosuch:latest",
        "nosuch:1, No such image: nosuch:1",
        "localhost:5000/x, No such image: localhost:5000/x:latest",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, No such image:"
                + " sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    })
    void tellsWhatIsNotThere(String typed, String message) {
        assertThatThrownBy(() -> catalog.find(typed))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NOT_FOUND));
    }

    @ParameterizedTest
    @CsvSource({
        "BAD, invalid reference format: repository name (library/BAD) must be lowercase",
        "a b, invalid reference format"
    })
    void refusesWhatCanBeNoName(String typed, String message) {
        assertThatThrownBy(() -> catalog.find(typed))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.INVALID));
    }

    @Test
    void aNameMovesToTheImageThatGetsIt() {
        StoredImage other = Fixtures.image("b", "l1");
        Catalog moved = Fixtures.name(catalog, other, "busybox:latest");

        assertThat(moved.find("busybox").image()).isSameAs(other);
        assertThat(moved.namesOf(image.id())).hasSize(2);
        assertThat(moved.without(other.id()).names()).hasSize(2);
        assertThat(catalog.find("busybox").image()).isSameAs(image);
    }

    @Test
    void aNameIsATagOrADigestAndNotBoth() {
        assertThatThrownBy(() -> new NamedImage(ImageReference.parse("busybox"), image.id(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
