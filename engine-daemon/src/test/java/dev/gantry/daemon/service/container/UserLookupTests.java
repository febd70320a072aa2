package dev.gantry.daemon.service.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.linux.file.RootDirectory;
import dev.gantry.daemon.runtime.spec.ProcessSpec.ResolvedUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserLookupTests {

    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            # a comment
            broken
            app:x:1000:1001::/home/app:/bin/sh
            100:x:7:8::/:/bin/sh
            """;
    private static final String GROUP = """
            root:x:0:
            app:x:1001:
            disk:x:6:other,app
            wheel:x:10:app
            """;

    private final UserLookup lookup = UserLookup.of(PASSWD, GROUP);

    @Test
    void nameBringsItsGroups() {
        assertThat(lookup.resolve("app", List.of())).isEqualTo(new ResolvedUser(1000, 1001, List.of(1001, 6, 10)));
    }

    @Test
    void groupOfOnesOwnChoiceBringsNoOthers() {
        assertThat(lookup.resolve("app:disk", List.of())).isEqualTo(new ResolvedUser(1000, 6, List.of(6)));
    }

    @Test
    void numbersNeedNoEntries() {
        assertThat(lookup.resolve("4711", List.of())).isEqualTo(new ResolvedUser(4711, 0, List.of(0)));
        assertThat(lookup.resolve("4711:4712", List.of("5"))).isEqualTo(new ResolvedUser(4711, 4712, List.of(4712, 5)));
        assertThat(lookup.resolve("1000", List.of()).gid()).isEqualTo(1001);
    }

    @Test
    void nothingAndAGroupAloneMeanRoot() {
        assertThat(lookup.resolve("", List.of())).isEqualTo(new ResolvedUser(0, 0, List.of(0)));
        assertThat(lookup.resolve(":wheel", List.of())).isEqualTo(new ResolvedUser(0, 10, List.of(10)));
        assertThat(UserLookup.of("", "").resolve("", List.of())).isEqualTo(new ResolvedUser(0, 0, List.of(0)));
    }

    @Test
    void aNameOfDigitsIsANameFirst() {
        assertThat(lookup.resolve("100", List.of()).uid()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967296", "2147483648", "99999999999999999999", "0:4294967296"})
    void numbersThatWouldWrapAreRefused(String user) {
        assertThatThrownBy(() -> lookup.resolve(user, List.of())).hasMessageContaining("must be in range 0-2147483647");
    }

    @Test
    void unknownNamesAreSaid() {
        assertThatThrownBy(() -> lookup.resolve("ghost", List.of()))
                .hasMessage("unable to find user ghost: no matching entries in passwd file");
        assertThatThrownBy(() -> lookup.resolve("app:ghosts", List.of()))
                .hasMessage("Unable to find group ghosts: no matching entries in group file");
    }

    @Test
    void linksAreFollowedInsideTheRootOnly(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("store"));
        Files.writeString(root.resolve("store/passwd"), PASSWD);
        Files.createSymbolicLink(root.resolve("etc/passwd"), Path.of("/store/passwd"));
        // on the host this link leads to a file that is there, in the root it leads to nothing
        Files.createSymbolicLink(root.resolve("etc/group"), Path.of("../../../../../../../../etc/hostname"));
        try (RootDirectory directory = RootDirectory.open(root)) {
            assertThat(UserLookup.in(directory).resolve("app", List.of()))
                    .isEqualTo(new ResolvedUser(1000, 1001, List.of(1001)));
        }
    }

    @Test
    void whatIsNotAFileIsNotRead(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("etc/passwd"));
        try (RootDirectory directory = RootDirectory.open(root)) {
            assertThat(UserLookup.in(directory).resolve("5", List.of()).uid()).isEqualTo(5);
        }
    }
}
