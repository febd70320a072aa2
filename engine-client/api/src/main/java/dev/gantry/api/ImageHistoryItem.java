package dev.gantry.api;

import java.util.List;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * One step of how an image was made.
 *
 * @param created seconds since the epoch
 * @param id {@code <missing>} for steps of other machines
 */
public record ImageHistoryItem(
        String comment,
        long created,
        String createdBy,
        String id,
        long size,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> tags) {

    public ImageHistoryItem {
        comment = Absent.text(comment);
        createdBy = Absent.text(createdBy);
        id = Absent.text(id);
        tags = Absent.list(tags);
    }
}
