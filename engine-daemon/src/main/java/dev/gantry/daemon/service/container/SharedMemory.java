package dev.gantry.daemon.service.container;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.mount.MountFlags;
import dev.gantry.daemon.linux.mount.Mounts;
import dev.gantry.daemon.runtime.spec.MountSpec;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The {@code /dev/shm} of containers that share it. It is mounted on the host, below {@code shm/<id>}, for as long as the
 * container runs; whoever shares its IPC namespace binds the same.
 */
final class SharedMemory {

    private static final String SHAREABLE = "shareable";
    private static final String OF_ANOTHER = "container:";
    private static final List<String> BIND = List.of("rbind", "rprivate");

    /** Not every host has POSIX message queues mounted. */
    private static final Path HOST_QUEUES = Path.of("/dev/mqueue");

    private final ContainerDirectories directories;
    private final ContainerIndex index;

    SharedMemory(ContainerDirectories directories, ContainerIndex index) {
        this.directories = directories;
        this.index = index;
    }

    private Path place(ContainerId id) {
        return directories.execRoot().resolve("shm").resolve(id.value());
    }

    /** Mounts a container's memory on the host where it lets others use it. */
    void open(ContainerRecord record) {
        if (!record.host().namespaces().ipc().equals(SHAREABLE)) {
            return;
        }
        Path place = place(record.id());
        close(record.id());
        ContainerDirectories.make(place);
        Mounts.mount(
                "shm",
                place,
                "tmpfs",
                MountFlags.MS_NOSUID | MountFlags.MS_NODEV | MountFlags.MS_NOEXEC,
                "mode=1777,size=" + record.host().shmBytes());
    }

    /** Unmounts it. Containers that use it keep what they have. */
    void close(ContainerId id) {
        Path place = place(id);
        if (!Files.exists(place)) {
            return;
        }
        try {
            Mounts.detach(place);
        } catch (LinuxException e) {
            if (!e.is(Errno.EINVAL)) {
                throw e;
            }
        }
        try {
            Files.delete(place);
        } catch (IOException e) {
            throw EngineException.internal("deleting " + place + ": " + e.getMessage(), e);
        }
    }

    /** What takes the place of a memory of the container's own. */
    List<MountSpec> mounts(ContainerRecord record) {
        String mode = record.host().namespaces().ipc();
        if (mode.equals("host")) {
            MountSpec memory = new MountSpec("/dev/shm", "bind", "/dev/shm", BIND);
            return Files.isDirectory(HOST_QUEUES)
                    ? List.of(memory, new MountSpec("/dev/mqueue", "bind", HOST_QUEUES.toString(), BIND))
                    : List.of(memory);
        }
        return owner(record)
                .map(id -> List.of(new MountSpec("/dev/shm", "bind", place(id).toString(), BIND)))
                .orElse(List.of());
    }

    private Optional<ContainerId> owner(ContainerRecord record) {
        String mode = record.host().namespaces().ipc();
        if (mode.equals(SHAREABLE)) {
            return Optional.of(record.id());
        }
        return mode.startsWith(OF_ANOTHER)
                ? Optional.of(index.find(mode.substring(OF_ANOTHER.length())).id())
                : Optional.empty();
    }

    /**
     * Makes sure that a container lets others use its memory and queues.
     *
     * @throws EngineException of kind invalid where it does not
     */
    static void requireShareable(ContainerRecord donor) {
        if (!donor.host().namespaces().ipc().equals(SHAREABLE)) {
            // compat: docker's text
            throw EngineException.invalid("failed to join IPC namespace: container " + donor.id()
                    + ": non-shareable IPC (hint: use IpcMode:shareable for the donor container)");
        }
    }
}
