package dev.gantry.client;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.api.ErrorDetail;
import dev.gantry.api.ImageDeleteItem;
import dev.gantry.api.ImageHistoryItem;
import dev.gantry.api.ImageInspect;
import dev.gantry.api.ImageSummary;
import dev.gantry.api.ProgressMessage;
import dev.gantry.api.RegistryAuth;
import dev.gantry.client.transport.EngineRequest;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/** The images of an engine, named by reference, id or a unique beginning of it. */
public final class Images {

    private static final int FAILED = 500;
    private static final String TAR = "application/x-tar";

    private final Calls calls;

    Images(Calls calls) {
        this.calls = calls;
    }

    public List<ImageSummary> list(Filters filters) {
        return calls.list(EngineRequest.get("/images/json").query("filters", filters.encode()), ImageSummary[].class);
    }

    public ImageInspect inspect(String image) {
        return calls.read(EngineRequest.get("/images/" + segment(image) + "/json"), ImageInspect.class);
    }

    public List<ImageHistoryItem> history(String image) {
        return calls.list(EngineRequest.get("/images/" + segment(image) + "/history"), ImageHistoryItem[].class);
    }

    /**
     * Pulls an image and tells of the progress on the calling thread. Fails when the engine says in the stream that it
     * did.
     *
     * @param reference with a tag or digest; without one {@code latest} is pulled
     * @param platform {@code os/arch[/variant]}, or empty for the engine's own
     */
    public void pull(String reference, String platform, RegistryAuth auth, Consumer<ProgressMessage> progress) {
        EngineRequest post = EngineRequest.post("/images/create")
                .query("fromImage", withTag(reference))
                .query("platform", platform);
        if (!auth.equals(RegistryAuth.ANONYMOUS)) {
            post.header(RegistryAuth.HEADER, auth.encode());
        }
        calls.lines(post, ProgressMessage.class, checked(progress));
    }

    /** Loads the images of a tar. The caller closes the stream. */
    public void load(InputStream tar, Consumer<ProgressMessage> progress) {
        calls.lines(EngineRequest.post("/images/load").body(tar, TAR), ProgressMessage.class, checked(progress));
    }

    /** Makes an image of one layer from the tar of a file system. The caller closes the stream. */
    public void importTar(InputStream tar, String repository, String tag, Consumer<ProgressMessage> progress) {
        EngineRequest post = EngineRequest.post("/images/create")
                .query("fromSrc", "-")
                .query("repo", repository)
                .query("tag", tag)
                .body(tar, TAR);
        calls.lines(post, ProgressMessage.class, checked(progress));
    }

    public void tag(String image, String repository, String tag) {
        calls.send(EngineRequest.post("/images/" + segment(image) + "/tag")
                .query("repo", repository)
                .query("tag", tag));
    }

    /** Removes a name of an image, and the image with its last name. */
    public List<ImageDeleteItem> remove(String image) {
        return List.of(
                calls.readUnlimited(EngineRequest.of("DELETE", "/images/" + segment(image)), ImageDeleteItem[].class));
    }

    /** Removes an image with all its names, even when stopped containers use it. */
    public List<ImageDeleteItem> forceRemove(String image) {
        return List.of(calls.readUnlimited(
                EngineRequest.of("DELETE", "/images/" + segment(image)).query("force", true), ImageDeleteItem[].class));
    }

    /** Adds {@code latest} where a reference has neither tag nor digest; without it an engine pulls all tags. */
    public static String withTag(String reference) {
        boolean tagged = reference.indexOf('@') >= 0 || reference.lastIndexOf(':') > reference.lastIndexOf('/');
        return tagged ? reference : reference + ":latest";
    }

    private static Consumer<ProgressMessage> checked(Consumer<ProgressMessage> progress) {
        return message -> {
            progress.accept(message);
            ErrorDetail error = message.errorDetail();
            if (error != null) {
                throw new EngineClientException(FAILED, error.message());
            }
        };
    }
}
