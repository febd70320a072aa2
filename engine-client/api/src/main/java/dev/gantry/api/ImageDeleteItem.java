package dev.gantry.api;

/**
 * What a removal did: one of both is set.
 */
public record ImageDeleteItem(
        @OmitEmpty String untagged, @OmitEmpty String deleted) {

    public ImageDeleteItem {
        untagged = Absent.text(untagged);
        deleted = Absent.text(deleted);
    }
}
