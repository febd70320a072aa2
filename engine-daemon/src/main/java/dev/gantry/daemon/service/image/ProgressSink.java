package dev.gantry.daemon.service.image;

import java.io.IOException;

/** Takes what a pull or a load tells. Called by the thread that asked for the work, one event after the other. */
@FunctionalInterface
public interface ProgressSink {

    /**
     * Takes an event.
     *
     * @throws IOException where nobody listens any more, which ends the work unless it is shared
     */
    void accept(ImageProgress event) throws IOException;
}
