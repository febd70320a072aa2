package dev.gantry.daemon.runtime.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A root file system that has busybox and nothing else. */
final class BusyboxRoot {

    private BusyboxRoot() {}

    static void create(Path rootfs) throws IOException {
        for (String directory : List.of("bin", "proc", "dev", "tmp", "etc")) {
            Files.createDirectories(rootfs.resolve(directory));
        }
        Files.copy(RuntimeHost.BUSYBOX, rootfs.resolve("bin/busybox"));
        for (String applet :
                List.of("sh", "true", "false", "sleep", "cat", "echo", "stty", "dd", "kill", "md5sum", "yes")) {
            Files.createSymbolicLink(rootfs.resolve("bin").resolve(applet), Path.of("busybox"));
        }
        Files.writeString(rootfs.resolve("etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
    }
}
