package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.network.BridgeConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** What a daemon has made on the host: the things that must be as many after a run as before it. */
final class HostState {

    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private HostState() {}

    /** Counts everything that could leak, by kind. */
    static Map<String, Long> of(TestDaemon daemon) {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("mounts", (long) mounts(daemon).size());
        counts.put("processes", (long) processes(daemon).size());
        counts.put("namespaces", entries(daemon.execRoot().resolve("netns")));
        counts.put("veths", veths());
        // the daemon's own parents come with its first container and stay
        counts.put(
                "cgroups", (long) cgroups(daemon).size() - cgroupParents(daemon).size());
        counts.put("rules", rules(daemon));
        counts.put("descriptors", entries(Path.of("/proc", Long.toString(daemon.pid()), "fd")));
        // the journal of events grows to its bound
        counts.put(
                "files in the data root",
                files(daemon.dataRoot()) - files(daemon.dataRoot().resolve("events")));
        counts.put("files in the exec root", files(daemon.execRoot()));
        return counts;
    }

    /** Counts one kind. */
    static long count(TestDaemon daemon, String kind) {
        return Objects.requireNonNull(of(daemon).get(kind), kind);
    }

    /** The deletion of interfaces and trees goes on behind the answers: counts until two counts agree. */
    static Map<String, Long> settled(TestDaemon daemon) {
        List<Map<String, Long>> last = new ArrayList<>(List.of(of(daemon)));
        Awaitility.await("the host is at rest")
                .pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    Map<String, Long> now = of(daemon);
                    return now.equals(last.set(0, now));
                });
        return last.get(0);
    }

    /** Waits until there is as much of all as before; of what is not counted there may be any number. */
    static void awaitAs(Map<String, Long> before, TestDaemon daemon, String when) {
        Awaitility.await("nothing is left " + when)
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(difference(before, of(daemon))).isEmpty());
    }

    private static List<String> mounts(TestDaemon daemon) {
        return lines(Path.of("/proc/self/mounts"))
                .map(l -> l.split(" ", -1)[1])
                .filter(p -> p.startsWith(daemon.dataRoot().toString()) || p.startsWith(daemon.execRoot() + "/"))
                .toList();
    }

    /** Processes whose command line names one of the daemon's roots, but for the daemon itself. */
    private static List<ProcessHandle> processes(TestDaemon daemon) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.pid() != daemon.pid()
                        && p.pid() != ProcessHandle.current().pid())
                .filter(p -> {
                    String line = commandLine(p);
                    return line.contains(daemon.execRoot() + "/")
                            || line.contains(daemon.dataRoot().toString());
                })
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }

    private static long veths() {
        return Command.of("ip", "-o", "link", "show", "type", "veth")
                .run()
                .out()
                .lines()
                .count();
    }

    /** The daemon's own table alone: others on the host have theirs. */
    private static long rules(TestDaemon daemon) {
        String table = BridgeConfiguration.forRoots(daemon.dataRoot(), daemon.execRoot())
                .table();
        return Command.of("nft", "list", "table", "ip", table)
                .run()
                .out()
                .lines()
                .count();
    }

    /** Those below the daemon's own parent, deepest first, then the parent itself, in every tree. */
    private static List<Path> cgroups(TestDaemon daemon) {
        List<Path> found = new ArrayList<>();
        for (Path parent : cgroupParents(daemon)) {
            try (Stream<Path> tree = Files.walk(parent)) {
                tree.filter(Files::isDirectory).forEach(found::add);
            } catch (IOException | UncheckedIOException vanishedMeanwhile) {
                found.add(parent.resolve("vanished"));
            }
        }
        found.sort(Comparator.reverseOrder());
        return found;
    }

    /** The daemon's own parent of cgroups, in every tree that has it. */
    static List<Path> cgroupParents(TestDaemon daemon) {
        String name = BridgeConfiguration.forRoots(daemon.dataRoot(), daemon.execRoot())
                .table();
        try (Stream<Path> trees = Files.list(CGROUPS)) {
            return Stream.concat(Stream.of(CGROUPS), trees.filter(tree -> !Files.isSymbolicLink(tree)))
                    .map(tree -> tree.resolve(name))
                    .filter(Files::isDirectory)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long entries(Path directory) {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return StreamSupport.stream(entries.spliterator(), false).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long files(Path root) {
        return Command.of("find", root.toString(), "-xdev").run().out().lines().count();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes an empty cgroup of a test's own from every tree. */
    static void removeGroup(String name) throws IOException {
        Files.deleteIfExists(CGROUPS.resolve(name));
        try (DirectoryStream<Path> trees = Files.newDirectoryStream(CGROUPS, Files::isDirectory)) {
            for (Path tree : trees) {
                Files.deleteIfExists(tree.resolve(name));
            }
        }
    }

    /** Takes away what a daemon that has ended left on the host by design: its roots, its bridge, its table. */
    static void removeAllOf(TestDaemon daemon) {
        removeAllButTheDataOf(daemon);
        Command.of("rm", "-rf", "--one-file-system", daemon.dataRoot().toString())
                .run();
    }

    /** Does to the host what a boot does for a daemon that has ended: only its data root is left. */
    static void removeAllButTheDataOf(TestDaemon daemon) {
        List<ProcessHandle> monitors = processes(daemon);
        List<ProcessHandle> contained =
                monitors.stream().flatMap(ProcessHandle::descendants).toList();
        monitors.forEach(ProcessHandle::destroyForcibly);
        contained.forEach(ProcessHandle::destroyForcibly);
        List<String> mounted = new ArrayList<>(mounts(daemon));
        mounted.addAll(lines(Path.of("/proc/self/mounts"))
                .map(l -> l.split(" ", -1)[1])
                .filter(p -> p.equals(daemon.execRoot().toString()))
                .toList());
        mounted.sort(Comparator.reverseOrder());
        mounted.forEach(m -> Command.of("umount", "-l", m).run());
        cgroups(daemon).forEach(group -> Command.of("rmdir", group.toString()).run());
        BridgeConfiguration network = BridgeConfiguration.forRoots(daemon.dataRoot(), daemon.execRoot());
        Command.of("ip", "link", "delete", network.bridge()).run();
        Command.of("nft", "delete", "table", "ip", network.table()).run();
        Command.of("rm", "-rf", "--one-file-system", daemon.execRoot().toString())
                .run();
    }

    /** What differs between two counts, for people. */
    static String difference(Map<String, Long> before, Map<String, Long> after) {
        return before.keySet().stream()
                .filter(k -> !Objects.equals(before.get(k), after.get(k)))
                .map(k -> k + ": " + before.get(k) + " -> " + after.get(k))
                .collect(Collectors.joining(", "));
    }
}
