package dev.gantry.daemon.api.docker.system;

import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Says that the engine can work and what the client may expect of it. */
public final class PingEndpoints implements Endpoints {

    private static final byte[] OK = "OK".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void register(Router router) {
        router.get("/_ping", exchange -> answer(exchange, OK));
        router.head("/_ping", exchange -> answer(exchange, new byte[0]));
    }

    private static void answer(Exchange exchange, byte[] body) throws IOException {
        exchange.header("Builder-Version", "1")
                .header("Cache-Control", "no-cache, no-store, must-revalidate")
                .header("Pragma", "no-cache")
                .header("Swarm", "inactive")
                .content(200, "text/plain; charset=utf-8", body);
    }
}
