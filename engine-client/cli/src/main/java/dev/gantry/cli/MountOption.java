package dev.gantry.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code --mount type=bind,source=/a,target=/b,readonly}. */
final class MountOption {

    private final String text;
    private final Map<String, Object> mount = new LinkedHashMap<>();
    private final Map<String, Object> options = new LinkedHashMap<>();
    private final Map<String, Object> labels = new LinkedHashMap<>();
    private final Map<String, Object> driver = new LinkedHashMap<>();
    private final Map<String, Object> driverOptions = new LinkedHashMap<>();

    private MountOption(String text) {
        this.text = text;
    }

    static Map<String, Object> parse(String text) {
        return new MountOption(text).read();
    }

    private Map<String, Object> read() {
        mount.put("Type", "volume");
        for (String field : text.split(",", -1)) {
            int equals = field.indexOf('=');
            String key = equals < 0 ? field : field.substring(0, equals);
            set(key, equals < 0 ? "true" : field.substring(equals + 1));
        }
        if (!mount.containsKey("Target")) {
            throw new IllegalArgumentException(
                    "invalid argument \"" + text + "\" for \"--mount\" flag: target is required");
        }
        String type = String.valueOf(mount.get("Type"));
        if (!labels.isEmpty()) {
            options.put("Labels", labels);
        }
        if (!driverOptions.isEmpty()) {
            driver.put("Options", driverOptions);
        }
        if (!driver.isEmpty()) {
            options.put("DriverConfig", driver);
        }
        if (!options.isEmpty()) {
            mount.put(type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1) + "Options", options);
        }
        return mount;
    }

    private void set(String key, String value) {
        switch (key) {
            case "type" -> mount.put("Type", value);
            case "source", "src" -> mount.put("Source", value.startsWith(".") ? absolute(value) : value);
            case "target", "dst", "destination" -> mount.put("Target", value);
            case "readonly", "ro" -> mount.put("ReadOnly", isTrue(value));
            case "consistency" -> mount.put("Consistency", value);
            case "bind-propagation" -> options.put("Propagation", value);
            case "bind-nonrecursive" -> options.put("NonRecursive", isTrue(value));
            case "bind-recursive" -> recursive(value);
            case "bind-create-src" -> options.put("CreateMountpoint", isTrue(value));
            case "volume-nocopy" -> options.put("NoCopy", isTrue(value));
            case "volume-subpath", "image-subpath" -> options.put("Subpath", value);
            case "volume-driver" -> driver.put("Name", value);
            case "volume-label" -> labels.putAll(OptionValues.pairs(List.of(value)));
            case "volume-opt" -> driverOptions.putAll(OptionValues.pairs(List.of(value)));
            case "tmpfs-size" -> options.put("SizeBytes", OptionValues.size(value));
            case "tmpfs-mode" -> options.put("Mode", Integer.parseInt(value, 8));
            default ->
                throw new IllegalArgumentException("invalid argument \"" + text
                        + "\" for \"--mount\" flag: unexpected key '" + key + "' in '" + key + "=" + value + "'");
        }
    }

    private void recursive(String value) {
        switch (value) {
            case "enabled" -> {}
            case "disabled" -> options.put("NonRecursive", true);
            case "writable" -> options.put("ReadOnlyNonRecursive", true);
            case "readonly" -> options.put("ReadOnlyForceRecursive", true);
            default -> throw new IllegalArgumentException("invalid value for bind-recursive: " + value);
        }
    }

    private static boolean isTrue(String value) {
        if (value.equals("true") || value.equals("1")) {
            return true;
        }
        if (value.equals("false") || value.equals("0")) {
            return false;
        }
        throw new IllegalArgumentException("invalid value for a boolean: " + value);
    }

    static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }
}
