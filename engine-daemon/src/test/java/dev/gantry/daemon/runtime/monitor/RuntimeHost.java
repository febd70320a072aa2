package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.linux.process.ExitWatcher;
import dev.gantry.daemon.runtime.OciRuntime;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.TaskRequest;
import dev.gantry.daemon.runtime.cgroup.CgroupLayout;
import dev.gantry.daemon.runtime.oci.RuntimeProbe;
import dev.gantry.daemon.type.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A data root and an exec root of a test's own, with a busybox root file system and a runtime that works here. */
final class RuntimeHost implements AutoCloseable {

    static final Path CRUN = Path.of("/usr/bin/crun");
    static final Path RUNC = Path.of("/usr/sbin/runc");
    static final Path CONMON = Path.of("/usr/bin/conmon");
    static final Path BUSYBOX = Path.of("/bin/busybox");

    private final SecureRandom random = new SecureRandom();
    private final Path root;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ExitWatcher watcher = ExitWatcher.start();
    private final RuntimeProbe.Choice choice;
    private final MonitorSettings settings;

    private RuntimeHost(Path root, Optional<Path> crun, Optional<Path> runc, MonitorSettings settings)
            throws IOException {
        this.root = root;
        this.settings = settings;
        run("mount", "--bind", root.toString(), root.toString());
        run("mount", "--make-shared", root.toString());
        BusyboxRoot.create(rootfs());
        Files.createDirectories(execRoot().resolve("containers"));
        this.choice = new RuntimeProbe(execRoot(), root.resolve("data"), false, CgroupLayout.detect()).find(crun, runc);
    }

    static RuntimeHost withCrun() throws IOException {
        return new RuntimeHost(
                Files.createTempDirectory("gt"), Optional.of(CRUN), Optional.empty(), MonitorSettings.of(CONMON));
    }

    static RuntimeHost withCrun(MonitorSettings settings) throws IOException {
        return new RuntimeHost(Files.createTempDirectory("gt"), Optional.of(CRUN), Optional.empty(), settings);
    }

    static RuntimeHost withRunc() throws IOException {
        return new RuntimeHost(
                Files.createTempDirectory("gt"), Optional.empty(), Optional.of(RUNC), MonitorSettings.of(CONMON));
    }

    OciRuntime runtime() {
        return new ConmonRuntime(choice.program(), settings, watcher, executor);
    }

    /** What a new daemon on the same roots would have; the caller closes it. */
    OtherLife otherLife() {
        ExitWatcher another = ExitWatcher.start();
        return new OtherLife(new ConmonRuntime(choice.program(), settings, another, executor), another);
    }

    record OtherLife(OciRuntime runtime, ExitWatcher watcher) implements AutoCloseable {
        @Override
        public void close() {
            watcher.close();
        }
    }

    String choice() {
        return choice.reason();
    }

    ExecutorService executor() {
        return executor;
    }

    Path execRoot() {
        return root.resolve("exec");
    }

    Path rootfs() {
        return root.resolve("data/rootfs");
    }

    String cgroupParent() {
        return "gantry-test-" + root.getFileName();
    }

    ContainerId newId() {
        return ContainerId.random(random);
    }

    Path bundle(ContainerId id) {
        return execRoot().resolve("containers").resolve(id.value());
    }

    /** The runtime's own record of a container. */
    Path stateOf(ContainerId id) {
        return choice.program().stateRoot().resolve(id.value());
    }

    Path log(ContainerId id) {
        return bundle(id).resolve("output.log");
    }

    /** Writes a bundle and describes its task. */
    Container container(String... args) throws IOException {
        return new Container(newId(), List.of(args), false, false, false);
    }

    /** What to run. */
    record Container(ContainerId id, List<String> args, boolean terminal, boolean openStdin, boolean stdinOnce) {

        Container withTerminal() {
            return new Container(id, args, true, true, false);
        }

        Container withStdin() {
            return new Container(id, args, terminal, true, true);
        }
    }

    TaskRequest request(Container container) throws IOException {
        Path bundle = bundle(container.id());
        Files.createDirectories(bundle);
        String config = TestSpec.of(
                rootfs(), "/" + cgroupParent() + "/" + container.id().value(), container.args(), container.terminal());
        Files.writeString(bundle.resolve("config.json"), config);
        return new TaskRequest(
                container.id(),
                bundle,
                Optional.of(log(container.id())),
                0,
                container.terminal(),
                container.openStdin(),
                container.stdinOnce(),
                Optional.empty());
    }

    Task create(Container container) throws IOException {
        return runtime().create(request(container));
    }

    Task run(Container container) throws IOException {
        Task task = create(container);
        task.start();
        return task;
    }

    static void run(String... argv) throws IOException {
        Process process = new ProcessBuilder(argv).inheritIO().start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", argv) + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        OciRuntime runtime = runtime();
        try (Stream<Path> bundles = Files.list(execRoot().resolve("containers"))) {
            bundles.forEach(bundle -> runtime.purge(new ContainerId(String.valueOf(bundle.getFileName())), bundle));
        }
        choice.program().launcher().close();
        watcher.close();
        executor.shutdown();
        removeCgroups();
        run("umount", "-l", root.toString());
        deleteTree(root);
    }

    private void removeCgroups() throws IOException {
        for (Path hierarchy : hierarchies()) {
            Files.deleteIfExists(hierarchy.resolve(cgroupParent()));
        }
    }

    static List<Path> hierarchies() throws IOException {
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            return Stream.concat(Stream.of(Path.of("/sys/fs/cgroup")), hierarchies.filter(Files::isDirectory))
                    .toList();
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
