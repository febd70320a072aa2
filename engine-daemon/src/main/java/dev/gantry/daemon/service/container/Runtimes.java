package dev.gantry.daemon.service.container;

import dev.gantry.daemon.runtime.OciRuntime;
import dev.gantry.daemon.type.EngineException;
import java.util.Map;

/**
 * The OCI runtimes this engine can use.
 *
 * @param defaultName the one used where a container names none
 * @param byName all of them
 */
public record Runtimes(String defaultName, Map<String, OciRuntime> byName) {

    public Runtimes {
        byName = Map.copyOf(byName);
        if (!byName.containsKey(defaultName)) {
            throw new IllegalArgumentException("The default runtime " + defaultName + " is not among the runtimes");
        }
    }

    OciRuntime of(ContainerRecord record) {
        return named(record.host().runtime());
    }

    String nameFor(ContainerRecord record) {
        String asked = record.host().runtime();
        return asked.isEmpty() ? defaultName : asked;
    }

    OciRuntime named(String name) {
        OciRuntime runtime = byName.get(name.isEmpty() ? defaultName : name);
        if (runtime == null) {
            // compat: docker's text
            throw EngineException.invalid("unknown or invalid runtime name: " + name);
        }
        return runtime;
    }
}
