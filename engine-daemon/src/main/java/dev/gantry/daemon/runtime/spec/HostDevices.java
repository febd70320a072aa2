package dev.gantry.daemon.runtime.spec;

import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the device files of the host that containers can be given. */
public final class HostDevices {

    private static final Path DEV = Path.of("/dev");
    private static final Set<String> NOT_DEVICES = Set.of("pts", "shm", "fd", "mqueue", ".lxc", ".lxd-mounts", ".udev");
    private static final int TYPE_MASK = 0170000;
    private static final int CHARACTER = 0020000;
    private static final int BLOCK = 0060000;

    private HostDevices() {}

    /** Lists all devices below {@code /dev}, as privileged containers get them. */
    public static List<DeviceNode> all() {
        List<DeviceNode> found = new ArrayList<>();
        try {
            Files.walkFileTree(DEV, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    boolean skip = NOT_DEVICES.contains(directory.getFileName().toString());
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isOther() && !file.equals(DEV.resolve("console"))) {
                        read(file, file.toString()).ifPresent(found::add);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    // Devices come and go while we look.
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Listing the devices of the host", e);
        }
        return found;
    }

    /**
     * Describes one device, or all devices below a directory.
     *
     * @param onHost a device file or a directory
     * @param inContainer where it appears
     * @throws EngineException of kind invalid where there is no device
     */
    public static List<DeviceNode> at(Path onHost, String inContainer) {
        try {
            Path real = onHost.toRealPath();
            if (!Files.isDirectory(real)) {
                return List.of(read(real, inContainer).orElseThrow(() -> noDevice(onHost, "not a device node", null)));
            }
            List<DeviceNode> found = new ArrayList<>();
            try (var files = Files.walk(real)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    String path = inContainer + "/" + real.relativize(file);
                    read(file, path).ifPresent(found::add);
                }
            }
            return found;
        } catch (IOException e) {
            throw noDevice(onHost, "no such file or directory", e);
        }
    }

    /**
     * Describes a device that limits are put on.
     *
     * @throws EngineException of kind invalid where there is none
     */
    public static DeviceNode block(Path onHost) {
        try {
            return read(onHost.toRealPath(), onHost.toString())
                    .orElseThrow(() -> EngineException.invalid(onHost + " is not a device"));
        } catch (IOException e) {
            // compat: docker's text
            throw new EngineException(
                    EngineException.Kind.INVALID, "stat " + onHost + ": no such file or directory", e);
        }
    }

    private static EngineException noDevice(Path onHost, String reason, @Nullable IOException e) {
        String message = "error gathering device information while adding custom device \"" + onHost + "\": " + reason;
        return e == null
                ? EngineException.invalid(message)
                : new EngineException(EngineException.Kind.INVALID, message, e);
    }

    private static Optional<DeviceNode> read(Path file, String path) throws IOException {
        Map<String, Object> facts = Files.readAttributes(file, "unix:mode,rdev,uid,gid", LinkOption.NOFOLLOW_LINKS);
        int mode = number(facts, "mode").intValue();
        int type = mode & TYPE_MASK;
        if (type != CHARACTER && type != BLOCK) {
            return Optional.empty();
        }
        long device = number(facts, "rdev").longValue();
        return Optional.of(new DeviceNode(
                path,
                type == CHARACTER ? DeviceNode.Kind.CHARACTER : DeviceNode.Kind.BLOCK,
                (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL),
                (device & 0xff) | (device >>> 12 & ~0xffL),
                mode & 0777,
                number(facts, "uid").intValue(),
                number(facts, "gid").intValue()));
    }

    private static Number number(Map<String, Object> facts, String name) {
        if (facts.get(name) instanceof Number number) {
            return number;
        }
        throw new IllegalStateException("The file system tells no " + name);
    }
}
