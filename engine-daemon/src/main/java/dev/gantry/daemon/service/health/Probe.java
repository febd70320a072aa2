package dev.gantry.daemon.service.health;

import dev.gantry.daemon.type.EngineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One look at whether what runs is well. */
public sealed interface Probe {

    /**
     * A program that runs beside what is probed; it is well where the program ends with 0.
     *
     * @param argv program and arguments
     */
    record Command(List<String> argv) implements Probe {
        public Command {
            argv = List.copyOf(argv);
        }
    }

    /**
     * A request for a page; well where the answer's status is 200 to 399. Redirections are not followed.
     *
     * @param address of the server
     * @param path with the query, absolute
     */
    record Http(ProbeAddress address, String path) implements Probe {}

    /**
     * A connection; well where it is accepted.
     *
     * @param address of the server
     */
    record Tcp(ProbeAddress address) implements Probe {}

    /**
     * A call of {@code grpc.health.v1.Health/Check} without TLS; well where the answer is SERVING.
     *
     * @param address of the server
     * @param service whose health is asked for; empty for the server's as a whole
     */
    record Grpc(ProbeAddress address, String service) implements Probe {}

    /**
     * Reads the words of a health check: {@code CMD arg…}, {@code CMD-SHELL line}, {@code HTTP http://[host]:port/path},
     * {@code TCP tcp://[host]:port} or {@code GRPC grpc://[host]:port[/service]}. Empty where there is nothing to probe:
     * no words, {@code NONE}, or a first word that means nothing here.
     *
     * @param shell interprets command lines; empty: {@code /bin/sh -c}
     * @throws EngineException invalid where the address of a probe over the network is wrong
     */
    static Optional<Probe> parse(List<String> words, List<String> shell) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<String> rest = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "CMD" -> Optional.of(new Command(rest));
            case "CMD-SHELL" -> Optional.of(new Command(commandLine(rest, shell)));
            case "HTTP" -> {
                URI uri = uri(rest, "http", 80);
                String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
                yield Optional.of(
                        new Http(address(uri, 80), uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery()));
            }
            case "TCP" -> Optional.of(new Tcp(address(uri(rest, "tcp", 0), 0)));
            case "GRPC" -> {
                URI uri = uri(rest, "grpc", 0);
                String service = uri.getPath();
                yield Optional.of(new Grpc(address(uri, 0), service.startsWith("/") ? service.substring(1) : service));
            }
            default -> Optional.empty();
        };
    }

    /** Whether the first word of a health check means something, be it that there is nothing to probe. */
    static boolean knows(List<String> words) {
        return words.isEmpty()
                || List.of("NONE", "CMD", "CMD-SHELL", "HTTP", "TCP", "GRPC").contains(words.get(0));
    }

    private static List<String> commandLine(List<String> words, List<String> shell) {
        List<String> line = new ArrayList<>(shell.isEmpty() ? List.of("/bin/sh", "-c") : shell);
        line.addAll(words);
        return line;
    }

    private static URI uri(List<String> words, String scheme, int defaultPort) {
        if (words.size() != 1) {
            throw invalid(scheme, String.join(" ", words), "one address is needed");
        }
        String text = words.get(0);
        // what java.net does not take for a server: an address without a host
        String whole = text.replaceFirst("^([a-zA-Z]+)://(?=[:/]|$)", "$1://localhost");
        URI uri;
        try {
            uri = new URI(whole).parseServerAuthority();
        } catch (URISyntaxException e) {
            EngineException invalid = invalid(scheme, text, e.getReason());
            invalid.initCause(e);
            throw invalid;
        }
        String given = uri.getScheme();
        if (given == null || !given.toLowerCase(Locale.ROOT).equals(scheme) || uri.getHost() == null) {
            throw invalid(scheme, text, "it must begin with " + scheme + "://");
        }
        if ((uri.getPort() < 1 && defaultPort == 0) || uri.getPort() > 65_535 || uri.getPort() == 0) {
            throw invalid(scheme, text, "a port from 1 to 65535 is needed");
        }
        if (uri.getUserInfo() != null || uri.getFragment() != null) {
            throw invalid(scheme, text, "users and fragments are not possible");
        }
        return uri;
    }

    private static ProbeAddress address(URI uri, int defaultPort) {
        return ProbeAddress.of(uri.getHost(), uri.getPort() < 0 ? defaultPort : uri.getPort());
    }

    private static EngineException invalid(String scheme, String text, String reason) {
        return EngineException.invalid(
                "invalid health check: '" + text + "' is not an address as " + scheme + "://[host]:port: " + reason);
    }
}
