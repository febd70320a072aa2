package dev.gantry.daemon.api.docker.image;

import dev.gantry.api.RegistryAuth;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Query;
import dev.gantry.daemon.service.image.ImageProgress;
import dev.gantry.daemon.service.image.ImageService;
import dev.gantry.daemon.service.image.ImportRequest;
import dev.gantry.daemon.service.image.PullRequest;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Credentials;
import dev.gantry.registry.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Pull, import and load: operations that tell in a stream how far they are. */
final class ImageTransfers {

    private final ImageService images;

    ImageTransfers(ImageService images) {
        this.images = images;
    }

    /** Pulls with {@code fromImage}, imports with {@code fromSrc}. */
    void create(Exchange exchange) throws IOException, InterruptedException {
        Query query = exchange.query();
        if (!query.text("fromImage").isEmpty()) {
            pull(exchange);
        } else if (!query.text("fromSrc").isEmpty()) {
            importArchive(exchange);
        } else {
            throw EngineException.invalid("one of fromImage and fromSrc must say where the image comes from");
        }
    }

    private void pull(Exchange exchange) throws IOException, InterruptedException {
        Query query = exchange.query();
        PullRequest request = new PullRequest(
                ImageNames.reference(query.text("fromImage"), query.text("tag")),
                ImageNames.platform(query.text("platform")),
                credentials(exchange));
        try (ProgressStream stream = new ProgressStream(exchange)) {
            images.pull(request, event -> stream.send(ProgressLines.of(event)));
            stream.complete();
        }
    }

    private void importArchive(Exchange exchange) throws IOException {
        Query query = exchange.query();
        if (!query.text("fromSrc").equals("-")) {
            throw EngineException.notImplemented("The import from a URL is not implemented; send the archive");
        }
        String repository = query.text("repo");
        Optional<ImageReference> name = repository.isEmpty()
                ? Optional.empty()
                : Optional.of(ImageNames.reference(repository, query.text("tag")));
        ImportRequest request = new ImportRequest(
                name, query.text("message"), query.all("changes"), ImageNames.platform(query.text("platform")));
        String id = images.importArchive(exchange.bodyStream(), request).toString();
        try (ProgressStream stream = new ProgressStream(exchange)) {
            stream.send(ProgressLines.status(id));
            stream.complete();
        }
    }

    void load(Exchange exchange) throws IOException, InterruptedException {
        ImageEndpoints.refuse(exchange, "platform");
        boolean quiet = exchange.query().flag("quiet");
        try (ProgressStream stream = new ProgressStream(exchange)) {
            images.load(exchange.bodyStream(), event -> {
                if (!quiet || !(event instanceof ImageProgress.Layer)) {
                    stream.send(ProgressLines.of(event));
                }
            });
            stream.complete();
        }
    }

    private static Credentials credentials(Exchange exchange) {
        RegistryAuth auth =
                RegistryAuth.decode(exchange.requestHeader(RegistryAuth.HEADER).orElse(""));
        try {
            if (!auth.registryToken().isEmpty()) {
                return Credentials.registryToken(auth.registryToken());
            }
            if (!auth.identityToken().isEmpty()) {
                return Credentials.identityToken(auth.identityToken());
            }
            if (!auth.username().isEmpty()) {
                return Credentials.basic(auth.username(), auth.password());
            }
            if (!auth.auth().isEmpty()) {
                String[] pair =
                        new String(Base64.getDecoder().decode(auth.auth()), StandardCharsets.UTF_8).split(":", 2);
                return pair.length == 2 ? Credentials.basic(pair[0], pair[1]) : Credentials.anonymous();
            }
            return Credentials.anonymous();
        } catch (IllegalArgumentException e) {
            // compat: what is not understood is anonymous, as with dockerd
            return Credentials.anonymous();
        }
    }
}
