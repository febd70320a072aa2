package dev.gantry.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All commands by name; each is built only when it is asked for. */
final class Verbs {

    /** A verb whose arguments after the first are someone else's. */
    interface TakesCommand {}

    /** A verb whose failures are told like docker run's. */
    interface StartsContainer extends TakesCommand {}

    private record Entry(String description, Supplier<Verb> supplier) {}

    private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();
    private static final Map<String, String> GROUPS = Map.of(
            "container", "Manage containers",
            "image", "Manage images",
            "network", "Manage networks",
            "system", "Manage the engine",
            "volume", "Manage volumes");

    static {
        add("run", "Create and run a new container from an image", RunVerb::new);
        add("exec", "Execute a command in a running container", ExecVerb::new);
        add("ps", "List containers", PsVerb::new);
        add("images", "List images", ImagesVerb::new);
        add("pull", "Download an image from a registry", PullVerb::new);
        add("attach", "Attach local standard input, output, and error streams to a running container", AttachVerb::new);
        add("commit", "Create a new image from a container's changes", CommitVerb::new);
        add("cp", "Copy files/folders between a container and the local filesystem", CopyVerb::new);
        add("create", "Create a new container", CreateVerb::new);
        add("diff", "Inspect changes to files or directories on a container's filesystem", DiffVerb::new);
        add("events", "Get real time events from the engine", EventsVerb::new);
        add("export", "Export a container's filesystem as a tar archive", ExportVerb::new);
        add("history", "Show the history of an image", HistoryVerb::new);
        add("import", "Import the contents from a tarball to create a filesystem image", ImportVerb::new);
        add("info", "Display system-wide information", InfoVerb::new);
        add("inspect", "Return low-level information on objects", InspectVerb::new);
        add("kill", "Kill one or more running containers", LifecycleVerbs.Kill::new);
        add("load", "Load an image from a tar archive or STDIN", LoadVerb::new);
        add("logs", "Fetch the logs of a container", LogsVerb::new);
        add("pause", "Pause all processes within one or more containers", LifecycleVerbs.Pause::new);
        add("port", "List port mappings or a specific mapping for the container", PortVerb::new);
        add("rename", "Rename a container", LifecycleVerbs.Rename::new);
        add("restart", "Restart one or more containers", LifecycleVerbs.Restart::new);
        add("rm", "Remove one or more containers", LifecycleVerbs.Remove::new);
        add("rmi", "Remove one or more images", RmiVerb::new);
        add("start", "Start one or more stopped containers", StartVerb::new);
        add("stats", "Display a live stream of container(s) resource usage statistics", StatsVerb::new);
        add("stop", "Stop one or more running containers", LifecycleVerbs.Stop::new);
        add("tag", "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE", TagVerb::new);
        add("top", "Display the running processes of a container", TopVerb::new);
        add("unpause", "Unpause all processes within one or more containers", LifecycleVerbs.Unpause::new);
        add("update", "Update configuration of one or more containers", UpdateVerb::new);
        add("version", "Show the version information", VersionVerb::new);
        add("wait", "Block until containers stop, then print their exit codes", LifecycleVerbs.Wait::new);
        add("container prune", "Remove all stopped containers", ContainerPruneVerb::new);
        add("network ls", "List networks", NetworkVerbs.Ls::new);
        add("network inspect", "Display detailed information on networks", NetworkVerbs.Inspect::new);
        add("volume ls", "List volumes", VolumeVerbs.Ls::new);
        add("volume create", "Create a volume", VolumeVerbs.Create::new);
        add("volume rm", "Remove one or more volumes", VolumeVerbs.Remove::new);
        add("volume inspect", "Display detailed information on volumes", VolumeVerbs.Inspect::new);
        alias("container", "run", "exec", "attach", "cp", "create", "inspect", "kill", "logs", "port", "rename");
        alias("container", "restart", "rm", "start", "stop", "wait", "commit", "diff", "export", "pause", "stats");
        alias("container", "top", "unpause", "update");
        alias("container ls", "ps");
        alias("image", "pull", "history", "import", "load", "tag", "inspect");
        alias("image ls", "images");
        alias("image rm", "rmi");
        alias("system", "events", "info");
    }

    private Verbs() {}

    private static void add(String name, String description, Supplier<Verb> supplier) {
        ENTRIES.put(name, new Entry(description, supplier));
    }

    private static void alias(String group, String... names) {
        for (String name : names) {
            Entry entry = ENTRIES.get(name);
            if (entry != null) {
                ENTRIES.put(GROUPS.containsKey(group) ? group + " " + name : group, entry);
            }
        }
    }

    static @Nullable Verb find(String name) {
        Entry entry = ENTRIES.get(name);
        if (entry == null) {
            return null;
        }
        Verb verb = entry.supplier.get();
        if (verb instanceof InspectVerb inspect) {
            inspect.onlyOf(name);
        }
        return verb;
    }

    static @Nullable String description(String name) {
        Entry entry = ENTRIES.get(name);
        return entry == null ? null : entry.description;
    }

    static boolean isGroup(String name) {
        return GROUPS.containsKey(name);
    }

    static String version() {
        String version = Verbs.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    static String usageHint() {
        return "Run 'gantry --help' for more information";
    }

    static String usage() {
        StringBuilder text = new StringBuilder("Usage:  gantry [OPTIONS] COMMAND\n\nRun and manage containers\n");
        text.append("\nCommands:\n");
        ENTRIES.forEach((name, entry) -> {
            if (name.indexOf(' ') < 0) {
                text.append(line(name, entry.description));
            }
        });
        text.append("\nManagement Commands:\n");
        GROUPS.keySet().stream().sorted().forEach(name -> text.append(line(name, GROUPS.getOrDefault(name, ""))));
        return text.append("\nGlobal Options:\n")
                .append("  -H, --host string   Engine to connect to (default: $GANTRY_HOST, $DOCKER_HOST,\n")
                .append("                      unix:///run/gantry/gantry.sock)\n")
                .append("  -v, --version       Print version information and quit\n")
                .append("\nRun 'gantry COMMAND --help' for more information on a command.\n")
                .toString();
    }

    static String usage(String group) {
        StringBuilder text = new StringBuilder("Usage:  gantry " + group + " COMMAND\n\n");
        text.append(GROUPS.getOrDefault(group, "")).append("\n\nCommands:\n");
        ENTRIES.forEach((name, entry) -> {
            if (name.startsWith(group + " ")) {
                text.append(line(name.substring(group.length() + 1), entry.description));
            }
        });
        return text.append("\nRun 'gantry " + group + " COMMAND --help' for more information on a command.\n")
                .toString();
    }

    private static String line(String name, String description) {
        return "  " + name + " ".repeat(Math.max(1, 12 - name.length())) + description + "\n";
    }
}
