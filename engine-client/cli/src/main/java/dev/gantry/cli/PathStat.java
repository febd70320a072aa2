package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.client.EngineClientException;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.EngineResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/** What stands at a path in a container. The mode has the bits of Go's FileMode. */
record PathStat(long mode, String linkTarget) {

    private static final String HEADER = "X-Docker-Container-Path-Stat";
    private static final long DIRECTORY = 1L << 31;
    private static final long SYMLINK = 1L << 27;
    private static final int NOT_FOUND = 404;

    /** Asks the engine; empty when there is nothing at the path. */
    static Optional<PathStat> of(Cli cli, String container, String path) throws IOException {
        EngineRequest request = EngineRequest.of("HEAD", "/containers/" + segment(container) + "/archive")
                .query("path", path);
        try (EngineResponse answer = cli.engine().send(request)) {
            return Optional.of(read(answer));
        } catch (EngineClientException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Reads the header of an answer with an archive. */
    static PathStat read(EngineResponse answer) {
        Json stat = Json.parse(Base64.getDecoder().decode(answer.header(HEADER)));
        return new PathStat(stat.get("mode").number(), stat.get("linkTarget").text());
    }

    boolean isDirectory() {
        return (mode & DIRECTORY) != 0;
    }

    boolean isSymbolicLink() {
        return (mode & SYMLINK) != 0;
    }
}
