package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigestTests {

    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    @Test
    void hashesWithSha256() {
        assertThat(Digest.sha256(ABC))
                .hasToString("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void hashesWithItsOwnAlgorithm() {
        Digest zero = Digest.parse("sha512:" + "0".repeat(128));
        assertThat(zero.of(ABC).toString()).startsWith("sha512:ddaf35a193617aba");
    }

    @Test
    void readsBackWhatItWrites() {
        Digest digest = Digest.sha256(ABC);
        assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
    }
}
