package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTests {

    private static final String HEX = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String DIGEST = "sha256:" + HEX;

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io/library/busybox, busybox",
        "busybox:1, docker.io/library/busybox:1, busybox:1",
        "docker.io/busybox, docker.io/library/busybox, busybox",
        "index.docker.io/busybox, docker.io/library/busybox, busybox",
        "library/busybox, docker.io/library/busybox, busybox",
        "docker.io/library/a/b, docker.io/library/a/b, library/a/b",
        "someone/app:v1.2_3-x, docker.io/someone/app:v1.2_3-x, someone/app:v1.2_3-x",
        "localhost/app, localhost/app, localhost/app",
        "localhost:5000, docker.io/library/localhost:5000, localhost:5000",
        "localhost:5000/app, localhost:5000/app, localhost:5000/app",
        "localhost:5000/app:1, localhost:5000/app:1, localhost:5000/app:1",
        "UPPER/app, UPPER/app, UPPER/app",
        "host/app, docker.io/host/app, host/app",
        "a.b/c/d__e--f.g_h, a.b/c/d__e--f.g_h, a.b/c/d__e--f.g_h",
        "'[::1]:5000/app:1', '[::1]:5000/app:1', '[::1]:5000/app:1'",
        "'[fd00:1:2::3]/app', '[fd00:1:2::3]/app', '[fd00:1:2::3]/app'",
        "127.0.0.1:5000/lab/big, 127.0.0.1:5000/lab/big, 127.0.0.1:5000/lab/big",
        "xn--n3h.com/app, xn--n3h.com/app, xn--n3h.com/app",
    })
    void completesNamesAsDockerDoes(String text, String full, String familiar) {
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference).hasToString(full);
        assertThat(reference.familiar()).isEqualTo(familiar);
        assertThat(ImageReference.parse(full)).isEqualTo(reference);
        assertThat(ImageReference.parse(familiar)).isEqualTo(reference);
    }

    @Test
    void readsTagAndDigestTogether() {
        ImageReference reference = ImageReference.parse("host:1/app:tag@" + DIGEST);
        assertThat(reference.tag()).contains("tag");
        assertThat(reference.digest()).contains(Digest.parse(DIGEST));
        assertThat(reference).hasToString("host:1/app:tag@" + DIGEST);
    }

    @Test
    void defaultTagIsAddedOnlyWhereThereIsNeitherTagNorDigest() {
        assertThat(ImageReference.parse("a").withDefaultTag().tag()).contains("latest");
        assertThat(ImageReference.parse("a:1").withDefaultTag().tag()).contains("1");
        assertThat(ImageReference.parse("a@" + DIGEST).withDefaultTag().tag()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "@",
                ":tag",
                "@sha256:" + HEX,
                "a:",
                "a@",
                "a@sha256:00",
                "a@sha256:" + HEX + "0",
                "a@md5:d41d8cd98f00b204e9800998ecf8427e",
                "a//b",
                "/a",
                "a/",
                "a..b",
                "a___b",
                "-a",
                "a-",
                "_a",
                "a/../b",
                "a:b:c",
                "a:.tag",
                "a:-tag",
                "a:t/g",
                "host.com:abc/app",
                "host_name.com/app",
                "-host.com/app",
                "http://host.com/app",
                "user@host.com/app",
                "[::1/app",
                "[::g]:1/app",
                "a b",
                "a\n",
                "a:1\n",
                "host.com\r\n/app",
                "ä",
                "a:ä"
            })
    void refusesWhatIsNotWellFormed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse(text))
                .withMessageStartingWith("invalid reference format");
    }

    @Test
    void refusesUpperCaseInRepositories() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse("Busybox:1"))
                .withMessage("invalid reference format: repository name (library/Busybox) must be lowercase");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse("host.com/a/B"))
                .withMessage("invalid reference format: repository name (a/B) must be lowercase");
    }

    @Test
    void refusesBareIds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse(HEX))
                .withMessage("invalid repository name (" + HEX + "), cannot specify 64-byte hexadecimal strings");
        assertThat(ImageReference.parse("a/" + HEX).repository()).isEqualTo("a/" + HEX);
    }

    @Test
    void repositoriesMayHave255CharactersAndNoMore() {
        assertThat(ImageReference.parse("h.com/" + "a".repeat(255)).repository())
                .hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse("h.com/" + "a".repeat(256)))
                .withMessage("repository name must not be more than 255 characters");
    }

    @Test
    void tagsMayHave128CharactersAndNoMore() {
        assertThat(ImageReference.parse("a:" + "t".repeat(128)).tag()).contains("t".repeat(128));
        assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.parse("a:" + "t".repeat(129)));
    }

    @Test
    void longNonsenseIsRefusedAndDoesNotExhaustTheStack() {
        assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.parse("a.".repeat(500_000) + "/b"));
        assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.parse("a/".repeat(500_000) + "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.parse("a:" + "x".repeat(1_000_000)));
    }
}
