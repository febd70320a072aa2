package dev.gantry.daemon.service.container;

import dev.gantry.daemon.service.container.HostSettings.NameResolution;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files under {@code /etc} that tell a container who it is and how to find others. */
final class EtcFiles {

    private static final Path HOST_RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final Path HOST_HOSTS = Path.of("/etc/hosts");

    /** Where systemd-resolved keeps the servers behind its own loopback address. */
    private static final Path RESOLVED_UPSTREAM = Path.of("/run/systemd/resolve/resolv.conf");

    private static final String LOCAL_NAMES = """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::0\tip6-localnet
            ff00::0\tip6-mcastprefix
            ff02::1\tip6-allnodes
            ff02::2\tip6-allrouters
            """;

    private final Path directory;

    /** @param directory of the container, on the host */
    EtcFiles(Path directory) {
        this.directory = directory;
    }

    Path hosts() {
        return directory.resolve("hosts");
    }

    Path hostname() {
        return directory.resolve("hostname");
    }

    Path resolvConf() {
        return directory.resolve("resolv.conf");
    }

    void writeHostname(String hostname) {
        write(hostname(), hostname + "\n");
    }

    /**
     * Writes the table of names.
     *
     * @param address the container's own; absent where it has none
     * @param names by which it knows itself
     * @param extra lines as {@code name:address}
     */
    void writeHosts(Optional<String> address, String names, List<String> extra) {
        StringBuilder text = new StringBuilder(LOCAL_NAMES);
        for (String line : extra) {
            int colon = line.indexOf(':');
            text.append(line, colon + 1, line.length())
                    .append('\t')
                    .append(line, 0, colon)
                    .append('\n');
        }
        address.ifPresent(a -> text.append(a).append('\t').append(names).append('\n'));
        write(hosts(), text.toString());
    }

    /** Gives names of the table another address; the other lines stay as the container may have changed them. */
    void replaceAddress(String names, String address) {
        if (!Files.exists(hosts())) {
            // the container goes just now
            return;
        }
        StringBuilder text = new StringBuilder();
        read(hosts())
                .lines()
                .map(line -> line.endsWith("\t" + names) ? address + "\t" + names : line)
                .forEach(line -> text.append(line).append('\n'));
        write(hosts(), text.toString());
    }

    /** Shares the host's table, as a container in the host's network does. */
    void copyHostHosts(List<String> extra) {
        StringBuilder text = new StringBuilder(read(HOST_HOSTS));
        for (String line : extra) {
            int colon = line.indexOf(':');
            text.append(line.substring(colon + 1))
                    .append('\t')
                    .append(line, 0, colon)
                    .append('\n');
        }
        write(hosts(), text.toString());
    }

    /**
     * Writes the resolver's configuration: the user's words first, the host's where there are none.
     *
     * @param ownNetwork whether the host's loopback servers are out of the container's reach
     */
    void writeResolvConf(NameResolution wishes, boolean ownNetwork) {
        List<String> host = hostResolver(ownNetwork).lines().toList();
        List<String> lines = new ArrayList<>();
        if (wishes.servers().isEmpty()) {
            host.stream()
                    .filter(l -> l.startsWith("nameserver"))
                    .filter(l -> !ownNetwork || !isLoopbackServer(l))
                    .forEach(lines::add);
        } else {
            wishes.servers().forEach(s -> lines.add("nameserver " + s));
        }
        if (wishes.search().isEmpty()) {
            host.stream()
                    .filter(l -> l.startsWith("search") || l.startsWith("domain"))
                    .forEach(lines::add);
        } else if (!wishes.search().equals(List.of("."))) {
            lines.add("search " + String.join(" ", wishes.search()));
        }
        if (wishes.options().isEmpty()) {
            host.stream().filter(l -> l.startsWith("options")).forEach(lines::add);
        } else {
            lines.add("options " + String.join(" ", wishes.options()));
        }
        write(resolvConf(), String.join("\n", lines) + "\n");
    }

    private static String hostResolver(boolean ownNetwork) {
        String text = read(HOST_RESOLV_CONF);
        boolean onlyLoopback =
                text.lines().filter(l -> l.startsWith("nameserver")).allMatch(EtcFiles::isLoopbackServer);
        return ownNetwork && onlyLoopback && Files.isReadable(RESOLVED_UPSTREAM) ? read(RESOLVED_UPSTREAM) : text;
    }

    private static boolean isLoopbackServer(String line) {
        String server = line.substring("nameserver".length()).strip();
        return server.startsWith("127.") || server.equals("::1");
    }

    private static String read(Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw EngineException.internal("reading " + file + " of the host: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw EngineException.internal("writing " + file + ": " + e.getMessage(), e);
        }
    }
}
