package dev.gantry.daemon.store.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.registry.Digest;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A digest is used as a path, so nothing else than a digest may pass for one. */
class Cve2024_3727Tests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:../../../../etc/passwd",
                "sha256:..",
                "sha256:",
                "sha256",
                ":",
                "../sha256:00",
                "md5:d41d8cd98f00b204e9800998ecf8427e",
                "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855/",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
            })
    void whatIsNoDigestNeverReachesTheStore(String text) {
        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDigestStaysInsideOfTheStore(@TempDir Path root) {
        ContentStore store = ContentStore.open(root, Clock.systemUTC());
        Digest digest = Digest.sha256(new byte[0]);
        assertThat(store.path(digest).normalize().startsWith(root.resolve("blobs")))
                .isTrue();
    }
}
