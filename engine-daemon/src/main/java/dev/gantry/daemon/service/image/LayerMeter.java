package dev.gantry.daemon.service.image;

import dev.gantry.registry.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Tells, now and then, how far the reading of a layer is. For one thread. */
final class LayerMeter {

    private static final long INTERVAL_NANOS = 100_000_000;

    private final Digest layer;
    private final long total;
    private final Consumer<ImageProgress> listeners;
    private long told = System.nanoTime() - INTERVAL_NANOS;
    private long current;

    LayerMeter(Digest layer, long total, Consumer<ImageProgress> listeners) {
        this.layer = layer;
        this.total = total;
        this.listeners = listeners;
    }

    /** Tells that the layer has come to a step that does not count. */
    void tell(ImageProgress.Step step) {
        listeners.accept(new ImageProgress.Layer(layer, step, 0, 0));
    }

    /** Tells that a step which counts is through. */
    void tellWhole(ImageProgress.Step step) {
        listeners.accept(new ImageProgress.Layer(layer, step, total, total));
    }

    /** A view of a stream whose reading is told as a step. Closing it closes the stream. */
    InputStream watch(InputStream source, ImageProgress.Step step) {
        return new FilterInputStream(source) {
            @Override
            public int read() throws IOException {
                int value = in.read();
                passed(value < 0 ? 0 : 1, step);
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = in.read(buffer, offset, length);
                passed(count, step);
                return count;
            }
        };
    }

    private void passed(int count, ImageProgress.Step step) {
        if (count <= 0) {
            return;
        }
        current += count;
        long now = System.nanoTime();
        if (now - told >= INTERVAL_NANOS) {
            told = now;
            listeners.accept(new ImageProgress.Layer(layer, step, current, total));
        }
    }
}
