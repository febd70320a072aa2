package dev.gantry.client;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where an engine listens.
 *
 * @param text as it was given
 * @param address to connect to
 */
public record EngineHost(String text, SocketAddress address) {

    /** Where gantryd listens when nothing else is said. */
    public static final EngineHost DEFAULT = parse("unix:///run/gantry/gantry.sock");

    private static final int DEFAULT_PORT = 2375;

    /** Reads {@code unix:///path}, {@code tcp://host:port} or {@code http://host:port}. */
    public static EngineHost parse(String text) {
        if (text.startsWith("unix://")) {
            return new EngineHost(text, UnixDomainSocketAddress.of(Path.of(text.substring("unix://".length()))));
        }
        if (text.startsWith("tcp://") || text.startsWith("http://")) {
            URI uri = URI.create(text);
            if (uri.getHost() != null) {
                int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
                return new EngineHost(text, new InetSocketAddress(uri.getHost(), port));
            }
        }
        throw new IllegalArgumentException(
                "invalid engine address \"" + text + "\": expected unix:///path or tcp://host:port");
    }

    /** Takes {@code GANTRY_HOST}, else {@code DOCKER_HOST}, else the default. */
    public static EngineHost fromEnvironment(Map<String, String> environment) {
        for (String name : new String[] {"GANTRY_HOST", "DOCKER_HOST"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return parse(value);
            }
        }
        return DEFAULT;
    }
}
