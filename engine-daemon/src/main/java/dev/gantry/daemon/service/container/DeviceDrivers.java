package dev.gantry.daemon.service.container;

import dev.gantry.daemon.runtime.cdi.CdiCatalog;
import dev.gantry.daemon.runtime.cdi.CdiDeviceName;
import dev.gantry.daemon.runtime.spec.DeviceEdits;
import dev.gantry.daemon.service.container.HostSettings.DriverRequest;
import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses devices for containers that ask a driver for some. Every driver is a description of the Container Device
 * Interface: {@code cdi} takes names from it, the drivers of graphics processors take them from their vendor's class.
 */
final class DeviceDrivers {

    private static final String CDI = "cdi";

    /** The vendors of graphics processors by the name of their driver, the one to be tried first. */
    private static final Map<String, String> GPU_KINDS = Map.of("nvidia", "nvidia.com/gpu", "amd", "amd.com/gpu");

    private static final List<String> GPU_DRIVERS = List.of("nvidia", "amd");
    private static final Set<String> GPU_CAPABILITIES =
            Set.of("gpu", "nvidia", "amd", "compute", "compat32", "graphics", "utility", "video", "display", "ngx");

    private final CdiCatalog catalog;

    DeviceDrivers(CdiCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Says what the devices change in a container.
     *
     * @throws EngineException where no driver can give what is asked for
     */
    DeviceEdits edits(List<DriverRequest> requests) {
        if (requests.isEmpty()) {
            return DeviceEdits.NONE;
        }
        List<CdiDeviceName> names = new ArrayList<>();
        requests.forEach(request -> names.addAll(names(request)));
        return catalog.edits(names.stream().distinct().toList());
    }

    private List<CdiDeviceName> names(DriverRequest request) {
        if (request.count() != 0 && !request.ids().isEmpty()) {
            // compat: docker's text
            throw EngineException.invalid("cannot set both Count and DeviceIDs on device request");
        }
        try {
            if (request.driver().equals(CDI)) {
                return request.ids().stream().map(CdiDeviceName::parse).toList();
            }
            String kind = gpuKind(request).orElseThrow(() -> notSelected(request));
            return gpus(request).stream()
                    .map(id -> CdiDeviceName.parse(CdiDeviceName.isOne(id) ? id : kind + "=" + id))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new EngineException(EngineException.Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<String> gpuKind(DriverRequest request) {
        boolean capable = request.capabilities().stream().anyMatch(GPU_CAPABILITIES::containsAll)
                || (request.capabilities().isEmpty() && !request.driver().isEmpty());
        Set<String> described = catalog.kinds();
        return GPU_DRIVERS.stream()
                .filter(driver -> capable
                        && (request.driver().isEmpty() || request.driver().equals(driver)))
                .map(driver -> GPU_KINDS.getOrDefault(driver, driver))
                .filter(described::contains)
                .findFirst();
    }

    private static List<String> gpus(DriverRequest request) {
        if (!request.ids().isEmpty()) {
            return request.ids();
        }
        if (request.count() < 0) {
            return List.of("all");
        }
        List<String> first = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            first.add(Integer.toString(i));
        }
        return first;
    }

    private static EngineException notSelected(DriverRequest request) {
        StringBuilder capabilities = new StringBuilder("[");
        request.capabilities()
                .forEach(set -> capabilities
                        .append(capabilities.length() > 1 ? " " : "")
                        .append('[')
                        .append(String.join(" ", set))
                        .append(']'));
        // compat: docker's text
        return new EngineException(
                EngineException.Kind.INTERNAL,
                "could not select device driver \"" + request.driver() + "\" with capabilities: "
                        + capabilities.append(']'));
    }
}
