package dev.gantry.daemon.runtime.apparmor;

import dev.gantry.daemon.linux.process.ProgramRun;
import dev.gantry.daemon.linux.process.Spawner;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The AppArmor of the host: whether there is one, and the profile that containers get unless they name another. Without
 * AppArmor profiles are ignored, as dockerd does. Safe for use by many threads.
 */
public final class AppArmor {

    /** The profile of containers that name none. */
    public static final String DEFAULT = "gantry-default";

    private static final Path ENABLED = Path.of("/sys/module/apparmor/parameters/enabled");
    private static final Path LOADED = Path.of("/sys/kernel/security/apparmor/profiles");
    private static final List<Path> PARSERS =
            List.of(Path.of("/sbin/apparmor_parser"), Path.of("/usr/sbin/apparmor_parser"));
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final boolean present;
    private final Path directory;

    private AppArmor(boolean present, Path directory) {
        this.present = present;
        this.directory = directory;
    }

    /**
     * Looks whether the host has AppArmor and the program that loads profiles.
     *
     * @param directory where the text of the default profile may be put
     */
    public static AppArmor of(Path directory) {
        boolean present = text(ENABLED).startsWith("Y") && Files.exists(LOADED) && parser().isPresent();
        return new AppArmor(present, directory);
    }

    /** Whether profiles are in force. */
    public boolean present() {
        return present;
    }

    /**
     * The profile a container gets; absent: the kernel has none, nothing is set.
     *
     * @param asked the user's choice; empty: the default
     */
    public Optional<String> profile(String asked) {
        if (!present) {
            return Optional.empty();
        }
        if (asked.isEmpty() || asked.equals(DEFAULT)) {
            load();
            return Optional.of(DEFAULT);
        }
        if (!asked.equals("unconfined") && !isLoaded(asked)) {
            throw EngineException.invalid(
                    "AppArmor profile " + asked + " is not loaded: load it with apparmor_parser, or use another");
        }
        return Optional.of(asked);
    }

    private static boolean isLoaded(String profile) {
        return text(LOADED).lines().anyMatch(line -> line.startsWith(profile + " ("));
    }

    /** A service manager may reload all profiles at any time, so it is looked for at each start. */
    private synchronized void load() {
        if (isLoaded(DEFAULT)) {
            return;
        }
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(DEFAULT + ".apparmor");
            Files.writeString(file, DefaultProfile.text(DEFAULT));
            ProgramRun run = ProgramRun.of(
                    List.of(parser().orElseThrow().toString(), "-Kr", file.toString()),
                    List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin"),
                    Path.of("/"),
                    Spawner::spawn,
                    DEADLINE);
            if (run.status() != 0) {
                throw new EngineException(
                        EngineException.Kind.INTERNAL,
                        "AppArmor enabled on system but the " + DEFAULT + " profile could not be loaded: "
                                + run.output());
            }
        } catch (IOException e) {
            throw EngineException.internal("writing the AppArmor profile " + DEFAULT + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Path> parser() {
        return PARSERS.stream().filter(Files::isExecutable).findFirst();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException notThere) {
            return "";
        }
    }
}
