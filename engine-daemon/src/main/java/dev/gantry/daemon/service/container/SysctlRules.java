package dev.gantry.daemon.service.container;

import dev.gantry.daemon.service.container.HostSettings.Namespaces;
import dev.gantry.daemon.type.EngineException;
import java.util.Set;

/** Which kernel parameters a container may set: those of namespaces that are its own. */
final class SysctlRules {

    private static final Set<String> OF_IPC = Set.of(
            "kernel.msgmax",
            "kernel.msgmnb",
            "kernel.msgmni",
            "kernel.sem",
            "kernel.shmall",
            "kernel.shmmax",
            "kernel.shmmni",
            "kernel.shm_rmid_forced");

    private SysctlRules() {}

    /**
     * Checks the parameters a container asks for.
     *
     * @throws EngineException of kind invalid, in the OCI runtime's words
     */
    static void check(HostSettings host) {
        host.sysctls().keySet().forEach(name -> check(name, host));
    }

    private static void check(String given, HostSettings host) {
        String name = given.replace('/', '.');
        Namespaces namespaces = host.namespaces();
        if (OF_IPC.contains(name) || name.startsWith("fs.mqueue.")) {
            refuseShared(given, "ipc", namespaces.ipc().equals("host"));
        } else if (name.startsWith("net.")) {
            if (host.network() instanceof NetworkMode.Host) {
                // compat: runc's text
                throw EngineException.invalid("sysctl \"" + given + "\" not allowed in host network namespace");
            }
        } else if (name.equals("kernel.domainname")) {
            refuseShared(given, "uts", namespaces.uts().equals("host"));
        } else if (name.equals("kernel.hostname")) {
            throw EngineException.invalid("sysctl \"" + given + "\" is not allowed: set the host name instead");
        } else {
            // compat: runc's text
            throw EngineException.invalid("sysctl \"" + given + "\" is not in a separate kernel namespace");
        }
    }

    private static void refuseShared(String name, String namespace, boolean shared) {
        if (shared) {
            // compat: runc's text
            throw EngineException.invalid(
                    "sysctl \"" + name + "\" is not allowed in the hosts " + namespace + " namespace");
        }
    }
}
