package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from a {@code docker-registry} process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class RegistryClientIntegrationTests {

    private static final Path BINARY = Path.of("/usr/bin/docker-registry");
    private static final Credentials NOBODY = Credentials.anonymous();

    private final HttpClient http = HttpClient.newHttpClient();
    private final RegistryClient client = RegistryClient.create();
    private final byte[] layer = new byte[3_000_000];
    private final byte[] config = "{\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8);
    private String name = "";
    private @Nullable Process process;

    @BeforeAll
    void startRegistry(@TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(BINARY), "skipped: docker-registry is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        name = "127.0.0.1:" + port;
        Path settings = directory.resolve("registry.yml");
        Files.writeString(
                settings,
                "version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: "
                        + directory.resolve("data") + "}}\nhttp: {addr: \"" + name + "\"}\n");
        process = new ProcessBuilder(BINARY.toString(), "serve", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> send("GET", "/v2/", "", new byte[0]).statusCode() == 200);
        new Random(9).nextBytes(layer);
    }

    @AfterAll
    void stopRegistry() throws InterruptedException {
        client.close();
        if (process != null) {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private HttpResponse<String> send(String method, String path, String type, byte[] body)
            throws IOException, InterruptedException {
        URI uri = path.startsWith("http") ? URI.create(path) : URI.create("http://" + name + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private Descriptor push(String mediaType, byte[] content) throws Exception {
        Descriptor descriptor = Descriptor.of(mediaType, Digest.sha256(content), content.length);
        HttpResponse<String> upload = send("POST", "/v2/a/app/blobs/uploads/", "", new byte[0]);
        String location = upload.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> done =
                send("PUT", location + "&digest=" + descriptor.digest(), "application/octet-stream", content);
        assertThat(done.statusCode()).isEqualTo(201);
        return descriptor;
    }

    private Descriptor pushManifest(String tag, String mediaType, String json) throws Exception {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        assertThat(send("PUT", "/v2/a/app/manifests/" + tag, mediaType, content).statusCode())
                .isEqualTo(201);
        return Descriptor.of(mediaType, Digest.sha256(content), content.length);
    }

    private static String json(Descriptor descriptor, String more) {
        return ManifestTests.entry(descriptor.digest().toString(), descriptor.size(), descriptor.mediaType(), more);
    }

    @Test
    void pullsAnImageThroughAnIndex() throws Exception {
        Descriptor pushedConfig = push(MediaType.DOCKER_CONFIG, config);
        Descriptor pushedLayer = push(MediaType.DOCKER_LAYER, layer);
        String image = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.DOCKER_MANIFEST + "\",\"config\":"
                + json(pushedConfig, "") + ",\"layers\":[" + json(pushedLayer, "") + "]}";
        Descriptor manifest = pushManifest("amd64", MediaType.DOCKER_MANIFEST, image);
        String list = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.DOCKER_MANIFEST_LIST + "\",\"manifests\":["
                + json(manifest, ManifestTests.platform("linux", "amd64", "")) + "]}";
        Descriptor index = pushManifest("1", MediaType.DOCKER_MANIFEST_LIST, list);

        ImageReference reference = ImageReference.parse(name + "/a/app:1");
        assertThat(client.describe(reference, NOBODY)).isEqualTo(index);
        ResolvedManifest resolved = client.resolve(reference, Platform.parse("linux/amd64"), NOBODY);
        assertThat(resolved.descriptor()).isEqualTo(manifest);
        Manifest read = resolved.manifest();
        assertThat(client.fetchBlob(reference, read.config(), NOBODY, 1000)).isEqualTo(config);
        try (InputStream in = client.openBlob(reference, read.layers().get(0), NOBODY)) {
            assertThat(in.readAllBytes()).isEqualTo(layer);
        }
        try (InputStream in =
                client.resumeBlob(reference, read.layers().get(0), NOBODY, layer.length - 10, digestOfAllBut(10))) {
            assertThat(in.readAllBytes()).hasSize(10);
        }
        assertThat(client.tags(reference, NOBODY)).containsExactlyInAnyOrder("1", "amd64");
    }

    private MessageDigest digestOfAllBut(int count) {
        MessageDigest function = Digest.newSha256();
        function.update(layer, 0, layer.length - count);
        return function;
    }

    @Test
    void unknownNamesAreNotFound() {
        ImageReference reference = ImageReference.parse(name + "/no/such");
        assertThatThrownBy(() -> client.resolve(reference, NOBODY))
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.kind()).isEqualTo(RegistryException.Kind.NOT_FOUND);
                    assertThat(e.errors()).extracting(RegistryError::code).containsExactly("MANIFEST_UNKNOWN");
                });
    }
}
