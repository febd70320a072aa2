package dev.gantry.daemon.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.ImageReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemovalTests {

    private final StoredImage image = Fixtures.image("a", "l1");
    private final String digest = "@" + Fixtures.digest("manifest");
    private final String id = image.id().shortForm();
    private final ImageUse running = Fixtures.use(List.of(new ImageUse.User(Fixtures.container('a'), true)));
    private final ImageUse stopped = Fixtures.use(List.of(new ImageUse.User(Fixtures.container('b'), false)));

    @Test
    void oneOfSeveralNamesGoesAlone() {
        Removal removal = plan("x:1", Fixtures.NO_USE, "x:1", "x:2");

        assertThat(names(removal)).containsExactly("x:1");
        assertThat(removal.deleted()).isEmpty();
    }

    @Test
    void theLastNameTakesTheDigestsOfItsRepositoryAndTheImageAlong() {
        Removal removal = plan("x", Fixtures.NO_USE, "x:latest", "x" + digest);

        assertThat(names(removal)).containsExactly("x:latest", "x" + digest);
        assertThat(removal.deleted()).contains(image);
    }

    @Test
    void aDigestOfAnotherRepositoryKeepsTheImage() {
        Removal removal = plan("x", Fixtures.NO_USE, "x:latest", "x" + digest, "y" + digest);

        assertThat(names(removal)).containsExactly("x:latest", "x" + digest);
        assertThat(removal.deleted()).isEmpty();
    }

    @Test
    void aDigestGoesAloneAndLeavesTheTag() {
        Removal removal = plan("x" + digest, Fixtures.NO_USE, "x:latest", "x" + digest);

        assertThat(names(removal)).containsExactly("x" + digest);
        assertThat(removal.deleted()).isEmpty();
    }

    @Test
    void theOnlyNameOfAUsedImageMustBeForced() {
        assertConflict(
                () -> plan("x:1", stopped, "x:1"),
                "conflict: unable to remove repository reference \"x:1\" (must force) - container bbbbbbbbbbbb is using"
                        + " its referenced image " + id);

        Removal forced = force("x:1", stopped, "x:1");
        assertThat(names(forced)).containsExactly("x:1");
        assertThat(forced.deleted()).contains(image);
    }

    @Test
    void forcingTheOnlyNameOfARunningImageLeavesTheImage() {
        Removal forced = force("x:1", running, "x:1");

        assertThat(names(forced)).containsExactly("x:1");
        assertThat(forced.deleted()).isEmpty();
    }

    @Test
    void byIdAllNamesOfOneRepositoryGo() {
        Removal removal = plan(id, Fixtures.NO_USE, "x:1", "x" + digest);

        assertThat(names(removal)).containsExactly("x:1", "x" + digest);
        assertThat(removal.deleted()).contains(image);
    }

    @Test
    void byIdSeveralNamesMustBeForced() {
        assertConflict(
                () -> plan(id, Fixtures.NO_USE, "x:1", "y:1"),
                "conflict: unable to delete " + id
                        + " (must be forced) - image is referenced in multiple repositories");

        assertThat(force(id, Fixtures.NO_USE, "x:1", "y:1").deleted()).contains(image);
    }

    @Test
    void byIdAStoppedContainerMustBeForced() {
        assertConflict(
                () -> plan(id, stopped, "x:1"),
                "conflict: unable to delete " + id
                        + " (must be forced) - image is being used by stopped container bbbbbbbbbbbb");
        assertThat(force(id, stopped, "x:1").deleted()).contains(image);
    }

    @Test
    void byIdARunningContainerCannotBeForced() {
        assertConflict(
                () -> force(id, running, "x:1"),
                "conflict: unable to delete " + id
                        + " (cannot be forced) - image is being used by running container aaaaaaaaaaaa");
    }

    @Test
    void anImageWithoutNamesGoesByItsId() {
        Removal removal = plan(id, Fixtures.NO_USE);

        assertThat(removal.untagged()).isEmpty();
        assertThat(removal.deleted()).contains(image);
    }

    private Removal plan(String typed, ImageUse use, String... names) {
        return Removal.plan(Fixtures.catalog(image, names), typed, Removal.Force.NOTHING, use);
    }

    private Removal force(String typed, ImageUse use, String... names) {
        return Removal.plan(Fixtures.catalog(image, names), typed, Removal.Force.SOFT_CONFLICTS, use);
    }

    private static List<String> names(Removal removal) {
        return removal.untagged().stream().map(ImageReference::familiar).toList();
    }

    private static void assertConflict(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.CONFLICT));
    }
}
