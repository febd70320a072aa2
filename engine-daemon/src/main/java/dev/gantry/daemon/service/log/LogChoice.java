package dev.gantry.daemon.service.log;

import dev.gantry.daemon.runtime.log.LogLimits;
import dev.gantry.daemon.type.EngineException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A driver with its options, checked.
 *
 * @param driver where output goes
 * @param options as the user gave them
 */
public record LogChoice(LogDriver driver, Map<String, String> options) {

    private static final String MODE = "mode";
    private static final String MAX_BUFFER_SIZE = "max-buffer-size";
    private static final Set<String> EVERYWHERE = Set.of(MODE, MAX_BUFFER_SIZE);
    private static final LogLimits LOCAL_DEFAULT = new LogLimits(20_000_000, 5, true);

    public LogChoice {
        options = Map.copyOf(options);
    }

    /**
     * Checks a driver's name and its options.
     *
     * @param driver empty for the default one
     */
    public static LogChoice of(String driver, Map<String, String> options) {
        LogDriver known = LogDriver.named(driver.isEmpty() ? LogDriver.JSON_FILE.word() : driver);
        LogChoice choice = new LogChoice(known, options);
        if (known != LogDriver.NONE) {
            choice.check();
        }
        return choice;
    }

    /** What was checked once and stands on record. */
    public static LogChoice recorded(String driver, Map<String, String> options) {
        return new LogChoice(LogDriver.named(driver), options);
    }

    private void check() {
        checkMode();
        Set<String> own = new HashSet<>(options.keySet());
        own.removeAll(EVERYWHERE);
        driver.checkOptions(own);
        LogLimits unused = limits();
        LogTag.parse(option("tag").orElse(""));
        new LogAttributes(options).check();
        if (driver == LogDriver.SYSLOG) {
            SyslogTarget target = SyslogTarget.of(options);
            target.check();
        }
    }

    private void checkMode() {
        String mode = options.getOrDefault(MODE, "");
        boolean nonBlocking = mode.equals("non-blocking");
        if (!mode.isEmpty() && !mode.equals("blocking") && !nonBlocking) {
            // compat: docker's texts, here and below
            throw EngineException.invalid("logger: logging mode not supported: " + mode);
        }
        if (options.containsKey(MAX_BUFFER_SIZE)) {
            if (!nonBlocking) {
                throw EngineException.invalid(
                        "logger: max-buffer-size option is only supported with 'mode=non-blocking'");
            }
            LogSize.parse(
                    options.getOrDefault(MAX_BUFFER_SIZE, ""),
                    LogSize.BINARY,
                    "error parsing option max-buffer-size: ");
        }
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name)).filter(value -> !value.isEmpty());
    }

    /** Whether the container's output is kept on disk and can be read again. */
    public boolean isReadable() {
        return driver != LogDriver.NONE && !(shipped() && isTrue("cache-disabled"));
    }

    /** Whether output goes to another system. */
    public boolean shipped() {
        return driver == LogDriver.JOURNALD || driver == LogDriver.SYSLOG;
    }

    /** How large the log may become on disk. */
    public LogLimits limits() {
        String prefix = shipped() ? "cache-" : "";
        LogLimits unasked = driver == LogDriver.LOCAL ? LOCAL_DEFAULT : LogLimits.DEFAULT;
        Optional<String> size = option(prefix + "max-size");
        Optional<String> files = option(prefix + "max-file");
        Optional<String> compress = option(prefix + "compress");
        if (size.isPresent() && size.get().equals("-1")) {
            return LogLimits.NONE;
        }
        long maxBytes = size.map(LogChoice::positiveSize).orElse(unasked.maxBytes());
        // compat: in docker a size alone means one file
        int unaskedFiles = size.isPresent() && driver == LogDriver.JSON_FILE ? 1 : unasked.maxFiles();
        int maxFiles = files.map(LogChoice::fileCount).orElse(unaskedFiles);
        boolean compressed = compress.map(LogChoice::truth).orElse(unasked.compressed() && maxFiles > 1);
        if (compressed && maxFiles < 2) {
            throw invalid("compress cannot be true when max-file is less than 2 or max-size is not set");
        }
        return new LogLimits(maxBytes, maxFiles, compressed);
    }

    private boolean isTrue(String name) {
        return truth(options.getOrDefault(name, "false"));
    }

    private static EngineException invalid(String reason) {
        return EngineException.invalid("failed to initialize logging driver: " + reason);
    }

    private static long positiveSize(String text) {
        long bytes = LogSize.parse(text, LogSize.DECIMAL, "failed to initialize logging driver: ");
        if (bytes <= 0) {
            throw invalid("max-size must be a positive number");
        }
        return bytes;
    }

    private static int fileCount(String text) {
        int count;
        try {
            count = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw invalid("strconv.Atoi: parsing \"" + text + "\": invalid syntax");
        }
        if (count < 1) {
            throw invalid("max-file cannot be less than 1");
        }
        return count;
    }

    /** What Go takes for a truth value. */
    private static boolean truth(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw invalid("strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
        };
    }

    /** What is to stand before each line for whoever asks for details; empty for nothing. */
    public String details(LogSubject subject) {
        if (driver != LogDriver.JSON_FILE) {
            return "";
        }
        Map<String, String> attributes = new HashMap<>(new LogAttributes(options).of(subject));
        option("tag").ifPresent(tag -> attributes.put("tag", LogTag.parse(tag).text(subject)));
        return LogAttributes.text(attributes);
    }
}
