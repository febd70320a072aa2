package dev.gantry.daemon.boot;

import dev.gantry.daemon.api.docker.system.EngineCounts;
import dev.gantry.daemon.api.docker.system.EngineSetup;
import dev.gantry.daemon.runtime.oci.RuntimeProgram;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Describes the engine for {@code /info} and {@code /version}. */
final class EngineDescription {

    private EngineDescription() {}

    static EngineSetup setup(EngineCore engine, DaemonOptions options) {
        Map<String, Path> runtimes = new LinkedHashMap<>();
        Map<String, String> components = new LinkedHashMap<>();
        for (RuntimeProgram program : engine.runtimes().programs()) {
            runtimes.put(program.name(), program.path());
            if (!program.version().isEmpty()) {
                components.put(program.name(), program.version());
            }
        }
        Map<String, Integer> pools = new LinkedHashMap<>();
        options.addressPools().forEach(pool -> pools.put(pool.base(), pool.size()));
        return new EngineSetup(
                engineId(options.dataRoot()),
                DaemonVersion.TEXT,
                DaemonVersion.product(),
                options.dataRoot(),
                options.labels(),
                options.insecureRegistries(),
                options.registryMirrors(),
                engine.runtimes().runtimes().defaultName(),
                runtimes,
                components,
                engine.cgroupDriver().word(),
                options.logs().driver(),
                pools,
                List.of(List.of("Backing Filesystem", fileSystem(options.dataRoot()))),
                List.of("name=seccomp,profile=builtin"),
                RuntimeAdvice.warnings(engine.runtimes().programs()));
    }

    private static String engineId(Path dataRoot) {
        Path file = dataRoot.resolve("engine-id");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, UUID.randomUUID().toString());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw EngineException.internal("keeping the engine's id in " + file + ": " + e.getMessage(), e);
        }
    }

    private static String fileSystem(Path dataRoot) {
        try {
            return Files.getFileStore(dataRoot).type();
        } catch (IOException e) {
            throw EngineException.internal("looking at the file system of " + dataRoot + ": " + e.getMessage(), e);
        }
    }

    static EngineCounts counts(EngineCore engine) {
        return new EngineCounts() {
            @Override
            public Containers containers() {
                List<ContainerRecord> all = engine.containers().list();
                int running =
                        (int) all.stream().filter(c -> c.state().running()).count();
                int paused = (int) all.stream().filter(c -> c.state().paused()).count();
                return new Containers(running - paused, paused, all.size() - running);
            }

            @Override
            public int images() {
                return engine.images().count();
            }
        };
    }
}
