package dev.gantry.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * One image of a list; sizes in bytes, -1 where not computed.
 *
 * @param created seconds since the epoch
 */
public record ImageSummary(
        long containers,
        long created,
        String id,
        @JsonSerialize(using = NullIfEmptySerializer.class) Map<String, String> labels,
        String parentId,
        @OmitNull @Nullable Descriptor descriptor,
        List<String> repoDigests,
        List<String> repoTags,
        long sharedSize,
        long size) {

    public ImageSummary {
        id = Absent.text(id);
        labels = Absent.texts(labels);
        parentId = Absent.text(parentId);
        repoDigests = Absent.list(repoDigests);
        repoTags = Absent.list(repoTags);
    }
}
