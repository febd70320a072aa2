package dev.gantry.daemon.store.content;

/** Keeps blobs from removal while it is open. Closing it twice is no error. */
@FunctionalInterface
public interface Pin extends AutoCloseable {

    @Override
    void close();
}
