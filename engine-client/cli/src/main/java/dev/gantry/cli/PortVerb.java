package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Parameters;
import dev.gantry.client.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shows where the ports of a container are published. */
final class PortVerb extends Verb {

    @Parameters(index = 0, paramLabel = "CONTAINER")
    String container = "";

    @Parameters(index = 1, paramLabel = "PRIVATE_PORT[/PROTO]", optional = true)
    String port = "";

    @Override
    int run(Cli cli) {
        Json ports = cli.get("/containers/" + segment(container) + "/json").at("NetworkSettings", "Ports");
        Map<String, List<Json>> published = new TreeMap<>();
        if (ports.raw() instanceof Map<?, ?> map) {
            map.keySet()
                    .forEach(key -> published.put(
                            key.toString(), ports.get(key.toString()).items()));
        }
        if (port.isEmpty()) {
            published.forEach((name, addresses) ->
                    addresses.forEach(address -> cli.out().print(name + " -> " + text(address) + "\n")));
            return 0;
        }
        List<Json> addresses = published.getOrDefault(port.indexOf('/') < 0 ? port + "/tcp" : port, List.of());
        if (addresses.isEmpty()) {
            throw CliException.failure("Error: No public port '" + port + "' published for " + container);
        }
        addresses.forEach(address -> cli.out().print(text(address) + "\n"));
        return 0;
    }

    private static String text(Json address) {
        String ip = address.get("HostIp").text();
        return (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":"
                + address.get("HostPort").text();
    }
}
