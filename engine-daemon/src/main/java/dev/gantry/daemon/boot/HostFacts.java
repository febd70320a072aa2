package dev.gantry.daemon.boot;

import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The host as {@code /info} shows it: what does not change while the daemon runs is read once.
 *
 * @param engineId the same over the daemon's lives
 * @param name of the host
 * @param kernel release
 * @param operatingSystem as people call it
 * @param osVersion its number
 * @param architecture as the kernel calls it
 * @param fileSystem under the data root
 */
record HostFacts(
        String engineId,
        String name,
        String kernel,
        String operatingSystem,
        String osVersion,
        String architecture,
        String fileSystem) {

    private static final Path OS_RELEASE = Path.of("/etc/os-release");

    static HostFacts read(Path dataRoot) {
        try {
            return new HostFacts(
                    engineId(dataRoot),
                    readLine(Path.of("/proc/sys/kernel/hostname")),
                    readLine(Path.of("/proc/sys/kernel/osrelease")),
                    release("PRETTY_NAME").orElse("Linux"),
                    release("VERSION_ID").orElse(""),
                    System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch"),
                    Files.getFileStore(dataRoot).type());
        } catch (IOException e) {
            throw EngineException.internal("reading facts of the host: " + e.getMessage(), e);
        }
    }

    private static String engineId(Path dataRoot) throws IOException {
        Path file = dataRoot.resolve("engine-id");
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file).strip();
    }

    private static Optional<String> release(String key) throws IOException {
        if (!Files.isReadable(OS_RELEASE)) {
            return Optional.empty();
        }
        return Files.readAllLines(OS_RELEASE).stream()
                .filter(l -> l.startsWith(key + "="))
                .map(l -> l.substring(key.length() + 1).replace("\"", ""))
                .findFirst();
    }

    /** The architecture in the API's words. */
    String goArchitecture() {
        return switch (architecture) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> architecture;
        };
    }

    static boolean forwards() {
        return readLine(Path.of("/proc/sys/net/ipv4/ip_forward")).equals("1");
    }

    static int openDescriptors() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return (int) descriptors.count();
        } catch (IOException e) {
            throw EngineException.internal("counting open descriptors: " + e.getMessage(), e);
        }
    }

    static long memoryBytes() {
        String kibibytes = readLine(Path.of("/proc/meminfo")).replaceAll("[^0-9]", "");
        return Long.parseLong(kibibytes) * 1024;
    }

    private static String readLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw EngineException.internal("reading " + file + ": " + e.getMessage(), e);
        }
    }
}
