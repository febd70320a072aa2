package dev.gantry.daemon.network;

/**
 * The ports the kernel and the engine choose from when nobody asks for a certain one.
 *
 * @param first inclusive
 * @param last inclusive
 */
record EphemeralRange(int first, int last) {

    private static final Sysctl SETTING = new Sysctl("net/ipv4/ip_local_port_range");

    /** The kernel's setting. */
    static EphemeralRange ofKernel() {
        String[] limits = SETTING.get().split("\\s+", -1);
        return new EphemeralRange(Integer.parseInt(limits[0]), Integer.parseInt(limits[1]));
    }

    int size() {
        return last - first + 1;
    }
}
