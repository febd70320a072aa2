package dev.gantry.daemon.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.mount.Mounts;
import dev.gantry.daemon.store.RootOnly;
import dev.gantry.daemon.store.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RootOnly.class)
class FileTreeIntegrationTests {

    private final WorkDirectory work = WorkDirectory.create();

    @AfterEach
    void clean() {
        work.close();
    }

    @Test
    void deleteFollowsNoLink() throws IOException {
        Path kept = Files.createDirectories(work.path("kept/below"));
        Path tree = Files.createDirectories(work.path("tree/a/b"));
        Files.createSymbolicLink(tree.resolve("link"), kept);
        Files.writeString(tree.resolve("f"), "x");
        FileTree.delete(work.path("tree"));
        FileTree.delete(work.path("tree"));
        assertThat(work.path("tree")).doesNotExist();
        assertThat(kept).exists();
        Path link = Files.createSymbolicLink(work.path("link"), kept);
        FileTree.delete(link);
        assertThat(kept).exists();
    }

    @Test
    void deleteStopsAtMounts() throws IOException {
        Path kept = Files.createDirectories(work.path("kept"));
        Files.writeString(kept.resolve("f"), "x");
        Path target = Files.createDirectories(work.path("tree/mounted"));
        Mounts.bind(kept, target);
        assertThatThrownBy(() -> FileTree.delete(work.path("tree"))).isInstanceOf(LinuxException.class);
        assertThat(kept.resolve("f")).hasContent("x");
        Mounts.unmount(target);
    }

    @Test
    void aRootCannotBeLeft() throws IOException {
        Path root = Files.createDirectory(work.path("root"));
        Files.writeString(work.path("outside"), "host");
        Files.createSymbolicLink(root.resolve("absolute"), work.path("outside"));
        Files.createSymbolicLink(root.resolve("relative"), Path.of("../outside"));
        Files.createSymbolicLink(root.resolve("magic"), Path.of("/proc/self/cwd"));
        Files.writeString(root.resolve("inside"), "in");
        Files.createSymbolicLink(root.resolve("good"), Path.of("/../inside"));
        try (RootDirectory directory = RootDirectory.open(root)) {
            for (String path : new String[] {"/absolute", "relative", "magic", "../outside", "a/../../outside"}) {
                assertThatThrownBy(() -> directory
                                .open(ContainerPath.of(path), OpenFlags.O_RDONLY, 0)
                                .close())
                        .isInstanceOfSatisfying(
                                LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
            }
            try (Fd file = directory.open(ContainerPath.of("good"), OpenFlags.O_RDONLY, 0)) {
                assertThat(Path.of(file.procPath())).hasContent("in");
            }
            try (Fd made = directory.makeDirectories(ContainerPath.of("/x/y/z"))) {
                assertThat(made.isOpen()).isTrue();
            }
            assertThat(root.resolve("x/y/z")).isDirectory();
        }
    }
}
