package dev.gantry.daemon.boot;

import dev.gantry.daemon.api.wire.SocketAddressSpec;
import dev.gantry.daemon.runtime.cdi.CdiCatalog;
import dev.gantry.daemon.service.log.LogChoice;
import dev.gantry.daemon.service.log.LogDefaults;
import dev.gantry.daemon.type.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the daemon was told to run.
 *
 * @param hosts where to listen, at least one
 * @param bip address and prefix of the default bridge, as {@code 172.17.0.1/16}
 * @param runtimes further OCI runtimes, path by name
 * @param cgroupDriver {@code cgroupfs} or {@code systemd}, where chosen
 * @param labels as given, {@code key=value}
 * @param initPath the init binary of containers that ask for one, where chosen
 * @param cdiDirectories where drivers describe devices
 * @param logs what becomes of the output of containers that do not say
 */
public record DaemonOptions(
        List<SocketAddressSpec> hosts,
        Path dataRoot,
        Path execRoot,
        Optional<Path> pidFile,
        Optional<String> bridge,
        Optional<String> bip,
        List<AddressPoolOption> addressPools,
        List<String> insecureRegistries,
        List<String> registryMirrors,
        Optional<String> defaultRuntime,
        Map<String, Path> runtimes,
        Optional<String> cgroupDriver,
        String logLevel,
        List<String> labels,
        Optional<Path> initPath,
        List<Path> cdiDirectories,
        LogDefaults logs) {

    public static final Path DEFAULT_DATA_ROOT = Path.of("/var/lib/gantry");
    public static final Path DEFAULT_EXEC_ROOT = Path.of("/run/gantry");
    public static final Path DEFAULT_CONFIG = Path.of("/etc/gantry/daemon.json");
    public static final String DEFAULT_HOST = "unix:///run/gantry/gantry.sock";

    private static final Set<String> LEVELS = Set.of("debug", "info", "warn", "error", "fatal");
    private static final Pattern POOL = Pattern.compile("base=([0-9a-fA-F:.]+/[0-9]{1,3}),size=([0-9]{1,3})");

    /** A range to take networks from, and the prefix length of each. */
    public record AddressPoolOption(String base, int size) {}

    /** Joins command line and file; an option that stands in both is an error, as in dockerd. */
    static DaemonOptions of(CommandLine commandLine, JsonMapper mapper) {
        Map<Option, List<String>> values = new EnumMap<>(Option.class);
        values.putAll(commandLine.values());
        Optional<Path> file =
                commandLine.configFile().or(() -> Optional.of(DEFAULT_CONFIG).filter(Files::exists));
        file.ifPresent(path -> ConfigFile.read(path, mapper).forEach((option, inFile) -> {
            List<String> onLine = values.putIfAbsent(option, inFile);
            if (onLine != null && option != Option.LIVE_RESTORE) {
                throw new ConfigurationException("unable to configure the daemon with file " + path
                        + ": the following directives are specified both as a flag and in the configuration file: "
                        + option.key() + ": (from flag: " + onLine + ", from file: " + inFile + ")");
            }
        }));
        return new Reader(values).options();
    }

    /** Turns texts into values. */
    private record Reader(Map<Option, List<String>> values) {

        DaemonOptions options() {
            return new DaemonOptions(
                    hosts(),
                    path(Option.DATA_ROOT).orElse(DEFAULT_DATA_ROOT),
                    path(Option.EXEC_ROOT).orElse(DEFAULT_EXEC_ROOT),
                    path(Option.PIDFILE),
                    one(Option.BRIDGE),
                    one(Option.BIP),
                    all(Option.ADDRESS_POOL).stream().map(Reader::pool).toList(),
                    all(Option.INSECURE_REGISTRY),
                    all(Option.REGISTRY_MIRROR),
                    one(Option.DEFAULT_RUNTIME),
                    runtimes(),
                    cgroupDriver(),
                    logLevel(),
                    labels(),
                    path(Option.INIT_PATH),
                    cdiDirectories(),
                    logs());
        }

        private List<String> all(Option option) {
            return List.copyOf(values.getOrDefault(option, List.of()));
        }

        private Optional<String> one(Option option) {
            return all(option).stream().findFirst().filter(text -> !text.isEmpty());
        }

        private Optional<Path> path(Option option) {
            return one(option).map(text -> Path.of(text).toAbsolutePath().normalize());
        }

        private List<SocketAddressSpec> hosts() {
            List<String> hosts = all(Option.HOST);
            List<SocketAddressSpec> addresses = new ArrayList<>();
            for (String host : hosts.isEmpty() ? List.of(DEFAULT_HOST) : hosts) {
                addresses.add(HostAddress.parse(host, one(Option.GROUP)));
            }
            return List.copyOf(addresses);
        }

        private static AddressPoolOption pool(String text) {
            Matcher matcher = POOL.matcher(text);
            if (!matcher.matches()) {
                throw new ConfigurationException(
                        "invalid default address pool " + text + ": must be base=<subnet>,size=<prefix length>");
            }
            return new AddressPoolOption(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }

        private List<Path> cdiDirectories() {
            List<String> given = all(Option.CDI_SPEC_DIR);
            return given.isEmpty()
                    ? CdiCatalog.STANDARD_DIRECTORIES
                    : given.stream()
                            .filter(text -> !text.isEmpty())
                            .map(Path::of)
                            .toList();
        }

        private Map<String, Path> runtimes() {
            Map<String, Path> runtimes = new LinkedHashMap<>();
            for (String text : all(Option.RUNTIME)) {
                int equals = text.indexOf('=');
                if (equals <= 0 || equals == text.length() - 1) {
                    throw new ConfigurationException("invalid runtime " + text + ": must be <name>=<path>");
                }
                runtimes.put(text.substring(0, equals), Path.of(text.substring(equals + 1)));
            }
            return Map.copyOf(runtimes);
        }

        private Optional<String> cgroupDriver() {
            Optional<String> driver = Optional.empty();
            for (String text : all(Option.EXEC_OPT)) {
                if (!text.equals("native.cgroupdriver=cgroupfs") && !text.equals("native.cgroupdriver=systemd")) {
                    throw new ConfigurationException("invalid exec option " + text
                            + ": must be native.cgroupdriver=cgroupfs or native.cgroupdriver=systemd");
                }
                driver = Optional.of(text.substring(text.indexOf('=') + 1));
            }
            return driver;
        }

        private String logLevel() {
            if (one(Option.DEBUG).filter("true"::equals).isPresent()) {
                return "debug";
            }
            String level = one(Option.LOG_LEVEL).orElse("info");
            if (!LEVELS.contains(level)) {
                throw new ConfigurationException("invalid logging level: " + level);
            }
            return level;
        }

        private LogDefaults logs() {
            Map<String, String> options = new LinkedHashMap<>();
            for (String text : all(Option.LOG_OPT)) {
                int equals = text.indexOf('=');
                if (equals <= 0) {
                    throw new ConfigurationException("invalid log option " + text + ": must be <name>=<value>");
                }
                options.put(text.substring(0, equals), text.substring(equals + 1));
            }
            try {
                LogChoice choice = LogChoice.of(one(Option.LOG_DRIVER).orElse(""), options);
                return new LogDefaults(choice.driver().word(), options);
            } catch (EngineException e) {
                throw new ConfigurationException("failed to set log opts: " + e.getMessage(), e);
            }
        }

        private List<String> labels() {
            List<String> labels = all(Option.LABEL);
            for (String label : labels) {
                if (label.indexOf('=') <= 0) {
                    throw new ConfigurationException("bad attribute format: " + label + ": must be <key>=<value>");
                }
            }
            return labels;
        }
    }
}
