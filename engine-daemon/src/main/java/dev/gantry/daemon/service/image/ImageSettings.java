package dev.gantry.daemon.service.image;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the image service works.
 *
 * @param directory holds the records of images and their names
 * @param layersAtATime how many layers all pulls together bring at a time
 * @param keepUnused how long the beginnings and parts of pulls that failed are kept for another try
 */
public record ImageSettings(Path directory, int layersAtATime, Duration keepUnused) {

    private static final int DEFAULT_LAYERS_AT_A_TIME = 3;
    private static final Duration DEFAULT_KEEP_UNUSED = Duration.ofHours(24);

    public ImageSettings {
        if (layersAtATime < 1) {
            throw new IllegalArgumentException("At least one layer at a time, not " + layersAtATime);
        }
    }

    /** The usual settings, with the records in a directory. */
    public static ImageSettings in(Path directory) {
        return new ImageSettings(directory, DEFAULT_LAYERS_AT_A_TIME, DEFAULT_KEEP_UNUSED);
    }
}
