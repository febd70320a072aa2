package dev.gantry.api;

import java.util.List;

/**
 * The layers of an image by the digests of their uncompressed tars.
 */
public record RootFs(String type, @OmitEmpty List<String> layers) {

    /** All values absent. */
    public static final RootFs EMPTY = new RootFs("", List.of());

    public RootFs {
        type = Absent.text(type);
        layers = Absent.list(layers);
    }
}
