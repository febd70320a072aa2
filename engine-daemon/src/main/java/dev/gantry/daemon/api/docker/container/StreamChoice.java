package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.api.wire.Query;
import dev.gantry.daemon.type.StreamType;

/**
 * Which output streams a client wants.
 *
 * @param stdout standard output
 * @param stderr standard error
 */
record StreamChoice(boolean stdout, boolean stderr) {

    static StreamChoice of(Query query) {
        return new StreamChoice(query.flag("stdout"), query.flag("stderr"));
    }

    boolean includes(StreamType stream) {
        return stream == StreamType.STDOUT ? stdout : stderr;
    }
}
