package dev.gantry.api;

/**
 * Options of an image mount.
 */
public record ImageOptions(@OmitEmpty String subpath) {

    public ImageOptions {
        subpath = Absent.text(subpath);
    }
}
