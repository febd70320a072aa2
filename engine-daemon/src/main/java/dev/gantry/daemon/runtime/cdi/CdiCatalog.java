package dev.gantry.daemon.runtime.cdi;

import dev.gantry.daemon.runtime.spec.DeviceEdits;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The devices that files of the host describe. The files are read at each question, so that a driver's installation
 * needs no restart. Files of later directories win over those of earlier ones; a device that two files of one directory
 * describe is described by none. Immutable; safe for use by many threads.
 */
public final class CdiCatalog {

    /** Where drivers put their descriptions unless told otherwise. */
    public static final List<Path> STANDARD_DIRECTORIES = List.of(Path.of("/etc/cdi"), Path.of("/var/run/cdi"));

    private static final Logger LOG = System.getLogger(CdiCatalog.class.getName());

    private final List<Path> directories;

    /** @param directories with descriptions, those that win last */
    public CdiCatalog(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    /** The classes of devices there are descriptions of, as {@code vendor.com/class}. */
    public Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        devices().keySet().forEach(name -> kinds.add(name.kind()));
        return kinds;
    }

    /**
     * Says what devices change in a container.
     *
     * @throws EngineException of kind invalid where one is not described
     */
    public DeviceEdits edits(Collection<CdiDeviceName> names) {
        Map<CdiDeviceName, CdiSpec> known = devices();
        List<String> unknown = names.stream()
                .filter(name -> !known.containsKey(name))
                .map(CdiDeviceName::toString)
                .toList();
        if (!unknown.isEmpty()) {
            // compat: docker's text
            throw EngineException.invalid(
                    "CDI device injection failed: unresolvable CDI devices " + String.join(", ", unknown));
        }
        DeviceEdits edits = DeviceEdits.NONE;
        Set<CdiSpec> seen = new LinkedHashSet<>();
        for (CdiDeviceName name : names) {
            CdiSpec spec = known.get(name);
            if (spec != null) {
                // what a file says of all its devices is done once
                edits = seen.add(spec) ? edits.and(spec.common()) : edits;
                edits = edits.and(spec.device(name.name()));
            }
        }
        return edits;
    }

    private Map<CdiDeviceName, CdiSpec> devices() {
        Map<CdiDeviceName, CdiSpec> devices = new LinkedHashMap<>();
        for (Path directory : directories) {
            Map<CdiDeviceName, List<CdiSpec>> here = new LinkedHashMap<>();
            for (CdiSpec spec : read(directory)) {
                spec.names()
                        .forEach(name -> here.computeIfAbsent(name, n -> new ArrayList<>())
                                .add(spec));
            }
            here.forEach((name, specs) -> {
                if (specs.size() == 1) {
                    devices.put(name, specs.get(0));
                } else {
                    devices.remove(name);
                    LOG.log(Level.WARNING, "device described twice name={0} directory={1}", name, directory);
                }
            });
        }
        return devices;
    }

    private static List<CdiSpec> read(Path directory) {
        List<CdiSpec> specs = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.{json,yaml,yml}")) {
            for (Path file : files) {
                try {
                    specs.add(CdiSpec.read(file));
                } catch (IOException | IllegalArgumentException | EngineException e) {
                    // one vendor's mistake must not take the other vendors' devices away
                    LOG.log(Level.WARNING, "device description not usable file={0} reason={1}", file, e.getMessage());
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw EngineException.internal("listing " + directory + ": " + e.getMessage(), e);
        }
        return specs;
    }
}
