/**
 * The host's control groups: which there are, where containers belong, what they tell of a container. Entry class: {@link
 * dev.gantry.daemon.runtime.cgroup.CgroupLayout}. Must not import store, network or service.
 */
@NullMarked
package dev.gantry.daemon.runtime.cgroup;

import org.jspecify.annotations.NullMarked;
