package dev.gantry.daemon.runtime.oci;

import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.linux.process.Command;
import dev.gantry.daemon.linux.process.MountNamespaceThread;
import dev.gantry.daemon.linux.process.Spawner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts programs in a mount namespace in which some mounts are hidden. Mounts below the engine's roots reach it by
 * propagation, as those roots are shared; for other changes of the host's mounts it moves on to a new namespace.
 */
final class HiddenMountLauncher implements Launcher {

    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int MOUNT_POINT = 4;

    private final List<Path> hidden;
    private final List<String> ownRoots;
    private String seen;
    private MountNamespaceThread thread;

    HiddenMountLauncher(List<Path> hidden, List<Path> ownRoots) {
        this.hidden = List.copyOf(hidden);
        this.ownRoots = ownRoots.stream().map(root -> root + "/").toList();
        this.seen = foreignMounts();
        this.thread = MountNamespaceThread.start(this.hidden, DEADLINE);
    }

    @Override
    public ChildProcess spawn(Command command) {
        return current().run(() -> Spawner.spawn(command), DEADLINE);
    }

    private synchronized MountNamespaceThread current() {
        return thread;
    }

    @Override
    public synchronized void refresh() {
        String now = foreignMounts();
        if (!now.equals(seen)) {
            MountNamespaceThread fresh = MountNamespaceThread.start(hidden, DEADLINE);
            thread.close();
            thread = fresh;
            seen = now;
        }
    }

    private String foreignMounts() {
        try (Stream<String> lines = Files.lines(MOUNTS)) {
            return lines.filter(this::isForeign).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the mounts of the host", e);
        }
    }

    private boolean isForeign(String line) {
        String mountPoint = line.split(" ", MOUNT_POINT + 2)[MOUNT_POINT];
        return ownRoots.stream().noneMatch(mountPoint::startsWith);
    }

    @Override
    public synchronized void close() {
        thread.close();
    }
}
