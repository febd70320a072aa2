package dev.gantry.daemon.runtime.cgroup;

/** Who makes the cgroups of containers. */
public enum CgroupDriver {
    /** The OCI runtime itself. */
    CGROUPFS("cgroupfs"),
    /** systemd, asked by the OCI runtime. */
    SYSTEMD("systemd");

    private final String word;

    CgroupDriver(String word) {
        this.word = word;
    }

    /** As options and {@code /info} name it. */
    public String word() {
        return word;
    }
}
