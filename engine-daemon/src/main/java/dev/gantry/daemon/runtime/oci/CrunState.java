package dev.gantry.daemon.runtime.oci;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.file.FileTree;
import dev.gantry.daemon.linux.process.PidFd;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.runtime.cgroup.CgroupLayout;
import dev.gantry.daemon.type.ContainerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state that crun keeps of each container: a directory with {@code status} and, until the start, a named pipe that
 * the container's process reads from. All is checked before it is touched, so a crun that keeps it otherwise is asked
 * itself. Why: docs/adr/0006.
 */
final class CrunState implements DirectState {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] GO = {0};

    private final Path root;
    private final CgroupLayout cgroups;

    /**
     * @param root where crun keeps its state
     * @param cgroups where cgroups are
     */
    CrunState(Path root, CgroupLayout cgroups) {
        this.root = root;
        this.cgroups = cgroups;
    }

    /** The pipe goes before the byte is written, as crun does it: whoever looks sees a container that runs. */
    @Override
    public boolean start(ContainerId id) {
        Path pipe = root.resolve(id.value()).resolve("exec.fifo");
        try (Fd writing = FdStream.openFifoForWriting(pipe)) {
            Files.delete(pipe);
            FdStream.write(writing, GO);
            return true;
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENXIO)) {
                // no pipe, or nobody reads: the runtime says why
                return false;
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start container " + id.shortForm(), e);
        }
    }

    /** The directory goes last: what a crash leaves is found by it. */
    @Override
    public boolean delete(ContainerId id) {
        Path directory = root.resolve(id.value());
        Optional<Status> status = Status.read(directory.resolve("status"));
        if (status.isEmpty() || !status.get().isPlain(id) || status.get().isAlive()) {
            return false;
        }
        if (!cgroups.remove(status.get().cgroup())) {
            return false;
        }
        FileTree.delete(directory);
        return true;
    }

    /** Newer ones remember filters themselves, and must not be handed one as well. */
    @Override
    public boolean takesCompiledFilters() {
        return Files.notExists(root.resolve(".cache"));
    }

    @Override
    public Optional<byte[]> compiledFilter(ContainerId id) {
        if (!takesCompiledFilters()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(root.resolve(id.value()).resolve("seccomp.bpf")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the filter of container " + id.shortForm(), e);
        }
    }

    private record Status(int pid, long startTime, String cgroup, boolean systemd) {

        static Optional<Status> read(Path file) {
            try {
                JsonNode json = JSON.readTree(Files.readAllBytes(file));
                return Optional.of(new Status(
                        json.path("pid").asInt(0),
                        json.path("process-start-time").asLong(0),
                        json.path("cgroup-path").asString(""),
                        json.path("systemd-cgroup").asBoolean(true)));
            } catch (NoSuchFileException | JacksonException e) {
                // half a creation: the runtime knows what to do
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + file, e);
            }
        }

        /** Whether the cgroup is surely this container's own and was made by crun itself. */
        boolean isPlain(ContainerId id) {
            Path path = Path.of(cgroup);
            return pid > 0
                    && startTime > 0
                    && !systemd
                    && path.isAbsolute()
                    && path.equals(path.normalize())
                    && path.endsWith(id.value());
        }

        boolean isAlive() {
            Optional<PidFd> process = PidFd.open(pid, startTime);
            process.ifPresent(PidFd::close);
            return process.isPresent();
        }
    }
}
