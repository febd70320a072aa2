package dev.gantry.daemon.runtime.cgroup;

/**
 * A count of transfers with one block device.
 *
 * @param major of the device
 * @param minor of the device
 * @param operation what is counted: read, write and others, as the kernel names them
 * @param value bytes or operations
 */
public record BlockCounter(int major, int minor, String operation, long value) {}
