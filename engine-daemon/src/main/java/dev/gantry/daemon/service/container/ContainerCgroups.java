package dev.gantry.daemon.service.container;

import dev.gantry.daemon.runtime.cgroup.CgroupDriver;
import dev.gantry.daemon.runtime.cgroup.CgroupLayout;
import dev.gantry.daemon.runtime.cgroup.ContainerCgroup;

/**
 * Finds the cgroups of containers.
 *
 * @param layout the host's trees
 * @param driver who made the cgroups
 */
record ContainerCgroups(CgroupLayout layout, CgroupDriver driver) {

    /** The cgroup that a container's processes are in while it runs. */
    ContainerCgroup of(ContainerRecord record) {
        return layout.group(driver, record.host().cgroupParent(), record.id());
    }
}
