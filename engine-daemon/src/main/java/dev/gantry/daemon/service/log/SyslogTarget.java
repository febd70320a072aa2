package dev.gantry.daemon.service.log;

import dev.gantry.daemon.type.EngineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A syslog server and how it wants its messages.
 *
 * @param scheme {@code udp}, {@code tcp}, {@code tcp+tls}, {@code unix}, {@code unixgram}; empty: this host's own
 * @param host name or address; empty for a socket's path
 * @param port of the host
 * @param path of a socket
 * @param facility 0 to 23
 * @param format one of {@link #FORMATS}, or empty
 * @param tls paths of certificates by option name
 */
record SyslogTarget(
        String scheme, String host, int port, String path, int facility, String format, Map<String, String> tls) {

    private static final int DEFAULT_PORT = 514;
    private static final int DAEMON = 3;
    private static final Set<String> NETWORK = Set.of("udp", "tcp", "tcp+tls");
    private static final Set<String> LOCAL = Set.of("unix", "unixgram");
    private static final Set<String> FORMATS = Set.of("", "rfc3164", "rfc5424", "rfc5424micro");
    private static final List<String> FACILITIES = List.of(
            "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp");
    private static final int FIRST_LOCAL = 16;

    SyslogTarget {
        tls = Map.copyOf(tls);
    }

    /** Reads the options of the driver. */
    static SyslogTarget of(Map<String, String> options) {
        String format = options.getOrDefault("syslog-format", "");
        if (!FORMATS.contains(format)) {
            // compat: docker's texts, here and below
            throw EngineException.invalid("Invalid syslog format");
        }
        int facility = facility(options.getOrDefault("syslog-facility", ""));
        String address = options.getOrDefault("syslog-address", "");
        if (address.isEmpty()) {
            return new SyslogTarget("", "", 0, "", facility, format, options);
        }
        URI uri = uri(address);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        if (LOCAL.contains(scheme)) {
            String path = uri.getPath() == null ? "" : uri.getPath();
            return new SyslogTarget(scheme, "", 0, path, facility, format, options);
        }
        if (!NETWORK.contains(scheme)) {
            throw EngineException.invalid("unsupported scheme: '" + scheme + "'");
        }
        if (uri.getHost() == null) {
            throw EngineException.invalid("missing host in syslog-address '" + address + "'");
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return new SyslogTarget(scheme, uri.getHost(), port, "", facility, format, options);
    }

    private static URI uri(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw EngineException.invalid("parse \"" + address + "\": " + e.getReason());
        }
    }

    /** Whether a socket's file is there, as docker looks when a container is made. */
    void check() {
        if (!path.isEmpty() && !Files.exists(Path.of(path))) {
            throw EngineException.invalid("stat " + path + ": no such file or directory");
        }
    }

    private static int facility(String text) {
        if (text.isEmpty()) {
            return DAEMON;
        }
        if (FACILITIES.contains(text)) {
            return FACILITIES.indexOf(text);
        }
        if (text.matches("local[0-7]")) {
            return FIRST_LOCAL + text.charAt(5) - '0';
        }
        if (text.matches("[0-9]|1[0-9]|2[0-3]")) {
            return Integer.parseInt(text);
        }
        throw EngineException.invalid("invalid syslog facility");
    }
}
