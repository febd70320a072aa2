package dev.gantry.daemon.api.docker.system;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What does not change while the daemon runs.
 *
 * @param id the engine's own id, the same after every start
 * @param version the version told to clients
 * @param product the product's name and version
 * @param runtimes path by name
 * @param components versions of the programs the engine relies on, by name, such as {@code crun} and {@code conmon}
 * @param logDriver of containers that name none
 * @param addressPools base and prefix length of each network taken from it
 * @param storageStatus pairs, as {@code Backing Filesystem} and {@code extfs}
 * @param warnings what the operator should know
 */
public record EngineSetup(
        String id,
        String version,
        String product,
        Path dataRoot,
        List<String> labels,
        List<String> insecureRegistries,
        List<String> registryMirrors,
        String defaultRuntime,
        Map<String, Path> runtimes,
        Map<String, String> components,
        String cgroupDriver,
        String logDriver,
        Map<String, Integer> addressPools,
        List<List<String>> storageStatus,
        List<String> securityOptions,
        List<String> warnings) {}
