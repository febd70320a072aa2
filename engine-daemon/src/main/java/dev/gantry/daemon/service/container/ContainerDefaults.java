package dev.gantry.daemon.service.container;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the daemon's options say of all containers.
 *
 * @param initBinary the small init that containers get where they ask for one; absent: whichever this host has
 * @param cdiDirectories where drivers describe devices, those that win last
 */
public record ContainerDefaults(Optional<Path> initBinary, List<Path> cdiDirectories) {

    public ContainerDefaults {
        cdiDirectories = List.copyOf(cdiDirectories);
    }
}
