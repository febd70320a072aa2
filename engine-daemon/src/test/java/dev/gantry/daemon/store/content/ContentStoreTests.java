package dev.gantry.daemon.store.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentStoreTests {

    private static final byte[] CONTENT = "the content of a blob".repeat(9999).getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.sha256(CONTENT);
    private static final OptionalLong SIZE = OptionalLong.of(CONTENT.length);

    private final Path root;
    private final ContentStore store;

    ContentStoreTests(@TempDir Path root) {
        this.root = root;
        this.store = ContentStore.open(root, Clock.systemUTC());
    }

    @Test
    void aCommittedBlobIsThere() throws IOException {
        try (Ingest ingest = store.ingest(DIGEST, SIZE)) {
            ingest.write(CONTENT, 0, 1000);
            assertThat(store.contains(DIGEST)).isFalse();
            ingest.write(CONTENT, 1000, CONTENT.length - 1000);
            ingest.commit();
        }
        assertThat(store.contains(DIGEST)).isTrue();
        assertThat(store.size(DIGEST)).isEqualTo(CONTENT.length);
        assertThat(store.list()).containsExactly(DIGEST);
        try (InputStream stream = store.open(DIGEST)) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    void anInterruptedIngestIsTakenUp() throws IOException {
        try (Ingest ingest = store.ingest(DIGEST, SIZE)) {
            ingest.write(CONTENT, 0, 70_000);
        }
        try (Ingest ingest = ContentStore.open(root, Clock.systemUTC()).ingest(DIGEST, SIZE)) {
            assertThat(ingest.offset()).isEqualTo(70_000);
            InputStream rest = new ByteArrayInputStream(CONTENT, 70_000, CONTENT.length - 70_000);
            assertThat(ingest.tee(rest).readAllBytes()).isEqualTo(CONTENT);
            ingest.commit();
        }
        assertThat(store.read(DIGEST, CONTENT.length)).isEqualTo(CONTENT);
    }

    @Test
    void aSourceThatStartsAnewIsStoredWhole() throws IOException {
        try (Ingest ingest = store.ingest(DIGEST, SIZE)) {
            ingest.write(new byte[500], 0, 500);
        }
        try (Ingest ingest = store.ingest(DIGEST, SIZE)) {
            ingest.restart();
            assertThat(ingest.tee(new ByteArrayInputStream(CONTENT)).readAllBytes())
                    .isEqualTo(CONTENT);
            ingest.commit();
        }
        assertThat(store.contains(DIGEST)).isTrue();
    }

    @Test
    void contentThatIsNotWhatItsDigestSaysIsThrownAway() {
        byte[] wrong = Arrays.copyOf(CONTENT, CONTENT.length);
        wrong[5] ^= 1;
        try (Ingest ingest = store.ingest(DIGEST, SIZE)) {
            ingest.write(wrong, 0, wrong.length);
            assertThatThrownBy(ingest::commit)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("hashes to");
        }
        assertThat(store.contains(DIGEST)).isFalse();
        try (Ingest again = store.ingest(DIGEST, SIZE)) {
            assertThat(again.offset()).isZero();
        }
    }

    @Test
    void contentOfAnotherSizeIsRefused() {
        try (Ingest ingest = store.ingest(DIGEST, OptionalLong.of(10))) {
            assertThatThrownBy(() -> ingest.write(CONTENT, 0, 11)).hasMessageContaining("longer");
        }
        try (Ingest ingest = store.ingest(DIGEST, SIZE)) {
            ingest.write(CONTENT, 0, 10);
            assertThatThrownBy(ingest::commit).hasMessageContaining("10 bytes");
        }
    }

    @Test
    void oneBlobIsStoredByOneAtATime() {
        Ingest first = store.ingest(DIGEST, SIZE);
        assertThatThrownBy(() -> store.ingest(DIGEST, SIZE)).isInstanceOf(EngineException.class);
        first.close();
        store.ingest(DIGEST, SIZE).close();
    }

    @Test
    void pinnedBlobsStay() {
        Digest digest = store.put(CONTENT);
        try (Pin outer = store.pin(List.of(digest))) {
            try (Pin inner = store.pin(List.of(digest))) {
                assertThat(store.remove(digest)).as("%s %s", outer, inner).isFalse();
            }
            assertThat(store.remove(digest)).isFalse();
        }
        assertThat(store.remove(digest)).isTrue();
        assertThat(store.remove(digest)).isFalse();
        assertThatThrownBy(() -> store.size(digest)).hasMessageContaining("No such blob");
    }

    @Test
    void sweepLeavesIngestsInUse() {
        Digest other = Digest.sha256(new byte[1]);
        try (Ingest abandoned = store.ingest(other, OptionalLong.empty())) {
            abandoned.write(CONTENT, 0, 10);
        }
        try (Ingest used = store.ingest(DIGEST, SIZE)) {
            used.write(CONTENT, 0, 10);
            assertThat(store.sweep(Duration.ofHours(1))).isZero();
            assertThat(store.sweep(Duration.ofMinutes(-1))).isEqualTo(1);
        }
    }
}
