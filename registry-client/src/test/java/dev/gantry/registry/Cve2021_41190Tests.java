package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A document that one reader takes for an image and another for an index. */
class Cve2021_41190Tests {

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void refusesManifestsAndLayersInOneDocument() {
        String both = ManifestTests.image()
                .replaceFirst("\\{", "{\"manifests\":[],")
                .replaceFirst("\"mediaType\":\"[^\"]*\",\"config\"", "\"config\"");
        for (String type : new String[] {MediaType.OCI_MANIFEST, MediaType.DOCKER_MANIFEST}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Manifest.parse(bytes(both), type))
                    .withMessageContaining("ambiguous");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> ManifestIndex.parse(bytes(both), MediaType.OCI_INDEX));
    }

    @Test
    void refusesATypeThatIsNotTheOneAnnounced() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(bytes(ManifestTests.image()), MediaType.DOCKER_MANIFEST))
                .withMessageContaining("calls itself");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManifestIndex.parse(bytes(ManifestTests.image()), MediaType.OCI_INDEX));
    }

    @Test
    void refusesKeysGivenTwice() {
        String twice = ManifestTests.image().replaceFirst("\\{", "{\"layers\":[],");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(bytes(twice), MediaType.OCI_MANIFEST))
                .withMessageContaining("not valid JSON");
    }

    @Test
    void pullFailsWhereHeaderAndDocumentDiffer() {
        try (FaultRegistry registry = new FaultRegistry();
                RegistryClient client = FaultRegistry.client().build()) {
            registry.manifest("1", MediaType.OCI_INDEX, ManifestTests.image());
            assertThatThrownBy(() -> client.resolve(registry.app(), Credentials.anonymous()))
                    .isInstanceOfSatisfying(
                            RegistryException.class,
                            e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.INVALID_CONTENT));
        }
    }
}
