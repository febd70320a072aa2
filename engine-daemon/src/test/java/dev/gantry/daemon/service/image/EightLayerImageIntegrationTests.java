package dev.gantry.daemon.service.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.PathBytes;
import dev.gantry.daemon.linux.file.Xattrs;
import dev.gantry.daemon.linux.mount.Mounts;
import dev.gantry.daemon.store.Programs;
import dev.gantry.daemon.store.TreeListing;
import dev.gantry.registry.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pulls an image whose eight layers hold all that layers can, and compares every attribute of every name with what GNU tar
 * makes of the same archives, whiteouts done by hand.
 */
@ExtendWith(RootOnly.class)
class EightLayerImageIntegrationTests {

    private static final int LAYERS = 8;

    private static final String MAKE_TREES = """
            set -e
            umask 022
            long=$(printf 'n%.0s' $(seq 200))
            deep=$(printf 'directory-of-some-length/%.0s' $(seq 14))
            mkdir -p l1/etc l1/usr/bin l1/var/log l1/var/tree/below l1/opt/app/data l1/opt/old/deep l1/dev "l1/$deep"
            echo base >l1/etc/config; echo going >l1/etc/removed; echo steady >l1/etc/steady
            echo tool >l1/usr/bin/tool; chmod 6755 l1/usr/bin/tool; ln l1/usr/bin/tool l1/usr/bin/linked
            ln -s ../usr/bin/tool l1/etc/relative; ln -s "/$deep" l1/etc/far
            echo long >"l1/$long"; echo deep >"l1/$deep/file"
            mknod l1/dev/null c 1 3; mknod l1/dev/disk b 254 17; mkfifo l1/dev/fifo; chmod 660 l1/dev/disk
            truncate -s 4M l1/var/sparse; printf x | dd of=l1/var/sparse bs=1 seek=2000000 conv=notrunc status=none
            echo one >l1/opt/app/data/one; echo two >l1/opt/app/data/two; echo old >l1/opt/old/deep/file
            echo file >l1/var/thing; echo below >l1/var/tree/below/file; chmod 1777 l1/var/log
            chown 1234:5678 l1/etc/config; chown 300000000:99 l1/var/thing; chown -h 7:8 l1/etc/relative
            mkdir -p l2/etc l2/usr/bin; echo changed >l2/etc/config; echo second >l2/usr/bin/second
            mkdir -p l3/etc l3/opt; touch l3/etc/.wh.removed l3/opt/.wh.old
            mkdir -p l4/opt/app/data; touch l4/opt/app/data/.wh..wh..opq; echo three >l4/opt/app/data/three
            mkdir -p l5/var/thing; echo inside >l5/var/thing/inside; ln -s nowhere l5/var/tree
            mkdir -p l6/srv/a l6/srv/b; echo hard >l6/srv/a/hard; ln l6/srv/a/hard l6/srv/b/hard
            printf y >"l6/srv/caf\\303\\251"; printf z >l6/srv/$(printf 'raw\\377\\376')
            mkdir -p l7/etc l7/opt/old; echo again >l7/etc/removed; echo new >l7/opt/old/new
            truncate -s 1M l7/opt/old/holes
            mkdir -p l8/etc; echo steady >l8/etc/steady; chmod 400 l8/etc/steady; chown 42:43 l8/etc/steady l8/etc
            chmod 2750 l8/etc
            find l? -exec touch -h -d '2020-02-02 02:02:02.123456789 UTC' {} +
            touch -d '1999-12-31 23:59:59.987654321 UTC' l8/etc/steady l1/opt/app
            """;

    private static final String MAKE_ARCHIVES = """
            set -e
            for i in 1 2 3 4 5 6 7 8; do
                tar --format=pax --sparse --xattrs --xattrs-include='*' --numeric-owner -C l$i -cf l$i.tar .
            done
            """;

    /** What a runtime of images does with archives, in words of the shell. */
    private static final String EXTRACT = """
            set -e
            mkdir expected
            for i in 1 2 3 4 5 6 7 8; do
                tar -tf l$i.tar | while read -r name; do
                    base=${name##*/} directory=expected/${name%/*}
                    case $base in
                    .wh..wh..opq) find "$directory" -mindepth 1 -delete ;;
                    .wh.*) rm -rf "$directory/${base#.wh.}" ;;
                    ?*) [ ! -d "expected/$name" ] || rm -rf "expected/$name" ;;
                    esac
                done
                tar --exclude='.wh.*' --xattrs --xattrs-include='*' --numeric-owner -p -C expected -xf l$i.tar
            done
            """;

    @TempDir
    Path directory;

    @AfterEach
    void removeWhatTheFrameworkWarnsOf() {
        Programs.run(directory, "find", ".", "-mindepth", "1", "-delete");
    }

    private void makeArchives() {
        Programs.run(directory, "bash", "-c", MAKE_TREES);
        byte[] capability = {1, 0, 0, 2, (byte) 0x80, (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        try (Fd second = FileCalls.openDirectory(directory.resolve("l2/usr/bin"))) {
            Xattrs.set(second, PathBytes.of("second"), "security.capability", java.util.Arrays.copyOf(capability, 20));
            Xattrs.set(second, PathBytes.of("second"), "user.bytes", new byte[] {0, (byte) 0xe9, '\n', '='});
            Xattrs.set(second, "user.kind", "directory".getBytes(StandardCharsets.UTF_8));
        }
        Programs.run(directory, "bash", "-c", MAKE_ARCHIVES);
    }

    /** Compressed with gzip, with zstd and not at all, in turns. */
    private TestImage image() throws IOException {
        List<byte[]> archives = new ArrayList<>();
        List<byte[]> blobs = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (int i = 1; i <= LAYERS; i++) {
            Path archive = directory.resolve("l" + i + ".tar");
            byte[] plain = Files.readAllBytes(archive);
            archives.add(plain);
            switch (i % 3) {
                case 0 -> {
                    blobs.add(TestArchive.gzip(plain));
                    types.add(MediaType.OCI_LAYER_GZIP);
                }
                case 1 -> {
                    Programs.run(directory, "zstd", "-q", "-k", archive.toString());
                    blobs.add(Files.readAllBytes(Path.of(archive + ".zst")));
                    types.add(MediaType.OCI_LAYER_ZSTD);
                }
                default -> {
                    blobs.add(plain);
                    types.add(MediaType.OCI_LAYER);
                }
            }
        }
        return new TestImage(archives, blobs, types);
    }

    @Test
    void theTreeIsTheOneThatGnuTarExtracts() throws Exception {
        makeArchives();
        Programs.run(directory, "bash", "-c", EXTRACT);
        Path ours = Files.createDirectory(directory.resolve("ours"));
        try (TestRegistry registry = new TestRegistry();
                TestEngine engine = new TestEngine(directory.resolve("engine"))) {
            registry.push("eight", "1", image());
            engine.pull(registry.name("eight:1"));
            List<Path> lowers = new ArrayList<>();
            engine.images
                    .inspect(registry.name("eight:1"))
                    .image()
                    .layers()
                    .forEach(layer -> lowers.add(0, engine.layers.shortPath(layer)));
            assertThat(lowers).hasSize(LAYERS);
            Mounts.mount(
                    "overlay",
                    ours,
                    "overlay",
                    1,
                    "lowerdir="
                            + String.join(
                                    ":", lowers.stream().map(Path::toString).toList()));
            try {
                assertThat(TreeListing.of(ours)).isEqualTo(TreeListing.of(directory.resolve("expected")));
            } finally {
                Mounts.unmount(ours);
            }
        }
    }
}
