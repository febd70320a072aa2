package dev.gantry.api;

import java.util.List;

/**
 * Options of a tmpfs mount.
 *
 * @param mode permission bits
 */
public record TmpfsOptions(
        @OmitEmpty long sizeBytes,
        @OmitEmpty int mode,
        @OmitEmpty List<List<String>> options) {

    public TmpfsOptions {
        options = Absent.list(options);
    }
}
