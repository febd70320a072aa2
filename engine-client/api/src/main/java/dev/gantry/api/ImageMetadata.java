package dev.gantry.api;

/**
 * What the engine remembers about an image beside its content.
 */
public record ImageMetadata(String lastTagTime) {

    /** All values absent. */
    public static final ImageMetadata EMPTY = new ImageMetadata("");

    public ImageMetadata {
        lastTagTime = Absent.text(lastTagTime);
    }
}
