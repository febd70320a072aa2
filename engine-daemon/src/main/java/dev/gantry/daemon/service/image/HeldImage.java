package dev.gantry.daemon.service.image;

/** An image whose blobs and layers stay while it is open, even if the image itself is removed. The owner closes it. */
public interface HeldImage extends AutoCloseable {

    /** The image, with its layers from the lowest up. */
    Image image();

    @Override
    void close();
}
