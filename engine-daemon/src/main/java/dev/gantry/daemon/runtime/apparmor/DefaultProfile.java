package dev.gantry.daemon.runtime.apparmor;

/**
 * The profile of containers that name none. It takes from them what masked paths and capabilities take too, for the case
 * that one of these fails: writing to the kernel's knobs, mounting, and looking into processes outside.
 */
final class DefaultProfile {

    private DefaultProfile() {}

    static String text(String name) {
        return """
                #include <tunables/global>

                profile %1$s flags=(attach_disconnected,mediate_deleted) {
                  #include <abstractions/base>

                  network,
                  capability,
                  file,
                  umount,

                  # the engine and its monitor may end what runs in here, and its processes each other
                  signal (receive) peer=unconfined,
                  signal (receive) peer={runc,crun,conmon},
                  signal (send,receive) peer=%1$s,

                  deny @{PROC}/* w,
                  deny @{PROC}/{[^1-9],[^1-9][^0-9],[^1-9s][^0-9y][^0-9s],[^1-9][^0-9][^0-9][^0-9/]*}/** w,
                  deny @{PROC}/sys/[^k]** w,
                  deny @{PROC}/sys/kernel/{?,??,[^s][^h][^m]**} w,
                  deny @{PROC}/sysrq-trigger rwklx,
                  deny @{PROC}/kcore rwklx,

                  deny mount,

                  deny /sys/[^f]*/** wklx,
                  deny /sys/f[^s]*/** wklx,
                  deny /sys/fs/[^c]*/** wklx,
                  deny /sys/fs/c[^g]*/** wklx,
                  deny /sys/fs/cg[^r]*/** wklx,
                  deny /sys/firmware/** rwklx,
                  deny /sys/devices/virtual/powercap/** rwklx,
                  deny /sys/kernel/security/** rwklx,

                  ptrace (trace,read,tracedby,readby) peer=%1$s,
                }
                """.formatted(name);
    }
}
