package dev.gantry.daemon.runtime.cdi;

import dev.gantry.daemon.runtime.spec.DeviceEdits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A file that describes the devices of one class, in JSON or YAML. */
final class CdiSpec {

    private static final int SIZE_MAXIMUM = 4 << 20;

    private final String kind;
    private final DeviceEdits common;
    private final Map<String, DeviceEdits> devices;

    private CdiSpec(String kind, DeviceEdits common, Map<String, DeviceEdits> devices) {
        this.kind = kind;
        this.common = common;
        this.devices = devices;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException where it says something this engine cannot do, or nothing it understands
     */
    static CdiSpec read(Path file) throws IOException {
        if (Files.size(file) > SIZE_MAXIMUM) {
            throw new IllegalArgumentException("larger than " + SIZE_MAXIMUM + " bytes");
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SIZE_MAXIMUM);
        options.setMaxAliasesForCollections(50);
        options.setAllowDuplicateKeys(false);
        try {
            // JSON is YAML
            return of(new Document(new Yaml(new SafeConstructor(options)).load(Files.readString(file)), "the file"));
        } catch (YAMLException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static CdiSpec of(Document document) {
        if (document.text("cdiVersion").isEmpty()) {
            throw new IllegalArgumentException("cdiVersion is missing");
        }
        String kind = document.text("kind");
        CdiDeviceName.parse(kind + "=x");
        Map<String, DeviceEdits> devices = new LinkedHashMap<>();
        for (Document device : document.objects("devices")) {
            CdiDeviceName name = CdiDeviceName.parse(kind + "=" + device.text("name"));
            if (devices.put(name.name(), EditsReader.read(device.object("containerEdits"))) != null) {
                throw new IllegalArgumentException("two devices are named " + name);
            }
        }
        return new CdiSpec(kind, EditsReader.read(document.object("containerEdits")), devices);
    }

    List<CdiDeviceName> names() {
        return devices.keySet().stream()
                .map(name -> new CdiDeviceName(kind, name))
                .toList();
    }

    /** What all of its devices change. */
    DeviceEdits common() {
        return common;
    }

    DeviceEdits device(String name) {
        return devices.getOrDefault(name, DeviceEdits.NONE);
    }
}
