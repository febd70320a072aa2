package dev.gantry.daemon.store.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.FileStatus;
import dev.gantry.daemon.linux.file.OpenFlags;
import dev.gantry.daemon.linux.file.PathBytes;
import dev.gantry.daemon.linux.file.Timestamp;
import dev.gantry.daemon.linux.file.Xattrs;
import dev.gantry.daemon.store.Programs;
import dev.gantry.daemon.store.RootOnly;
import dev.gantry.daemon.store.TreeListing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unpacks archives made by GNU tar and compares every attribute of every name with what GNU tar extracts. */
@ExtendWith(RootOnly.class)
class GnuTarComparisonIntegrationTests {

    private final TestLayers layers = new TestLayers();
    private Path source = layers.work.path("source");

    @BeforeEach
    void makeTree() throws IOException {
        Files.createDirectory(source);
        try (Fd root = FileCalls.openDirectory(source)) {
            file(root, "plain", 0644, "hello");
            file(root, "empty", 0600, "");
            file(root, "setuid", 06755, "#!");
            file(root, "n".repeat(200), 0644, "long name");
            file(root, "caf\u00e9 \u4e16", 0644, "UTF-8 name");
            file(root, "big", 0644, "0123456789abcdef".repeat(50_000));
            FileCalls.mkdirat(root.number(), PathBytes.of("dir"), 0755);
            try (Fd directory = FileCalls.openDirectory(source.resolve("dir"))) {
                file(directory, "below", 0640, "below");
                FileCalls.mkdirat(directory.number(), PathBytes.of("d".repeat(150)), 01777);
                FileCalls.linkat(root.number(), PathBytes.of("plain"), directory.number(), PathBytes.of("linked"));
                FileCalls.fchmod(directory, 02750);
                Xattrs.set(directory, "user.kind", "directory".getBytes(StandardCharsets.UTF_8));
            }
            byte[] raw = {'r', 'a', 'w', (byte) 0xff, (byte) 0xfe, 0};
            FileCalls.mknodat(root.number(), raw, FileStatus.REGULAR | 0644, 0, 0);
            FileCalls.symlinkat(PathBytes.of("/etc/../plain"), root.number(), PathBytes.of("symlink"));
            FileCalls.symlinkat(PathBytes.of("t".repeat(300)), root.number(), PathBytes.of("longlink"));
            FileCalls.fchownat(root.number(), PathBytes.of("symlink"), 7, 8);
            FileCalls.mknodat(root.number(), PathBytes.of("fifo"), FileStatus.FIFO | 0640, 0, 0);
            FileCalls.mknodat(root.number(), PathBytes.of("null"), FileStatus.CHARACTER_DEVICE | 0666, 1, 3);
            FileCalls.mknodat(root.number(), PathBytes.of("disk"), FileStatus.BLOCK_DEVICE | 0660, 254, 17);
            FileCalls.fchownat(root.number(), PathBytes.of("plain"), 1234, 5678);
            FileCalls.fchownat(root.number(), PathBytes.of("big"), 300_000_000, 99);
            byte[] capability = {1, 0, 0, 2, (byte) 0x80, (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
            Xattrs.set(root, PathBytes.of("setuid"), "security.capability", capability);
            Xattrs.set(root, PathBytes.of("plain"), "user.bytes", new byte[] {0, (byte) 0xe9, '\n', '='});
            sparse(root, "sparse-middle", 4 << 20, 0, 2 << 20);
            sparse(root, "sparse-head", 1 << 20, (1 << 20) - 4096);
            sparse(root, "sparse-all", 1 << 20);
            sparse(root, "sparse-many", 8 << 20, 0, 1 << 20, 2 << 20, 3 << 20, 4 << 20, 5 << 20, 6 << 20, 7 << 20);
            time(root, "plain", 1_600_000_000, 123_456_789);
            time(root, "symlink", 1_500_000_000, 987_654_321);
            time(root, "empty", -1000, 500_000_000);
            time(root, "dir", 1_400_000_000, 1);
            time(root, ".", 1_300_000_000, 999_999_999);
        }
    }

    private static void file(Fd directory, String name, int mode, String content) throws IOException {
        int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT;
        try (Fd file = FileCalls.openat(directory.number(), PathBytes.of(name), flags, 0600)) {
            Files.writeString(Path.of(file.procPath()), content);
            FileCalls.fchmod(file, mode);
        }
    }

    private static void sparse(Fd directory, String name, long size, long... offsets) throws IOException {
        int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT;
        try (Fd file = FileCalls.openat(directory.number(), PathBytes.of(name), flags, 0644);
                var channel = java.nio.channels.FileChannel.open(
                        Path.of(file.procPath()), java.nio.file.StandardOpenOption.WRITE)) {
            for (long offset : offsets) {
                channel.write(java.nio.ByteBuffer.wrap("x".repeat(4096).getBytes(StandardCharsets.UTF_8)), offset);
            }
            FileCalls.ftruncate(file, size);
        }
    }

    private static void time(Fd directory, String name, long seconds, int nanos) {
        Timestamp time = new Timestamp(seconds, nanos);
        FileCalls.utimensat(directory.number(), PathBytes.of(name), time, time);
    }

    @AfterEach
    void clean() {
        layers.close();
    }

    @ParameterizedTest
    @CsvSource({
        "pax,1.0,none",
        "pax,0.1,none",
        "pax,0.0,none",
        "gnu,1.0,none",
        "pax,1.0,gzip",
        "pax,1.0,xz",
        "gnu,1.0,bzip2",
        "pax,1.0,zstd"
    })
    void unpacksWhatGnuTarExtracts(String format, String sparseVersion, String compression) throws IOException {
        Path archive = layers.work.path("archive.tar");
        Path expected = Files.createDirectory(layers.work.path("expected"));
        Programs.run(
                source,
                "tar",
                "--format=" + format,
                "--sparse",
                "--sparse-version=" + sparseVersion,
                "--xattrs",
                "--xattrs-include=*",
                "--numeric-owner",
                "-cf",
                archive.toString(),
                ".");
        Programs.run(
                expected,
                "tar",
                "--xattrs",
                "--xattrs-include=*",
                "--numeric-owner",
                "--same-permissions",
                "-xf",
                archive.toString());
        if (!compression.equals("none")) {
            Programs.run(layers.work.path(), compression, "-q", "-k", archive.toString());
            String suffix = switch (compression) {
                case "gzip" -> ".gz";
                case "bzip2" -> ".bz2";
                case "zstd" -> ".zst";
                default -> ".xz";
            };
            archive = Path.of(archive + suffix);
        }
        try (InputStream stream = Files.newInputStream(archive)) {
            Path actual = layers.add(stream);
            assertThat(TreeListing.of(actual)).isEqualTo(TreeListing.of(expected));
        }
    }
}
