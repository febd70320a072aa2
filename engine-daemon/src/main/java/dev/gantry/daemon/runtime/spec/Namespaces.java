package dev.gantry.daemon.runtime.spec;

/**
 * The namespaces of a container besides its mount namespace, which is always its own.
 *
 * @param network interfaces, addresses, ports
 * @param pid process ids
 * @param ipc message queues and shared memory
 * @param uts host name
 * @param cgroup the view of the cgroup tree
 * @param user ids and capabilities
 */
public record Namespaces(
        NamespaceChoice network,
        NamespaceChoice pid,
        NamespaceChoice ipc,
        NamespaceChoice uts,
        NamespaceChoice cgroup,
        NamespaceChoice user) {

    /** New network, pid, ipc and uts namespaces; the host's cgroup and user namespaces. */
    public static final Namespaces DEFAULT = new Namespaces(
            NamespaceChoice.NEW,
            NamespaceChoice.NEW,
            NamespaceChoice.NEW,
            NamespaceChoice.NEW,
            NamespaceChoice.HOST,
            NamespaceChoice.HOST);

    public Namespaces withNetwork(NamespaceChoice choice) {
        return new Namespaces(choice, pid, ipc, uts, cgroup, user);
    }

    public Namespaces withPid(NamespaceChoice choice) {
        return new Namespaces(network, choice, ipc, uts, cgroup, user);
    }

    public Namespaces withIpc(NamespaceChoice choice) {
        return new Namespaces(network, pid, choice, uts, cgroup, user);
    }

    public Namespaces withUts(NamespaceChoice choice) {
        return new Namespaces(network, pid, ipc, choice, cgroup, user);
    }

    public Namespaces withCgroup(NamespaceChoice choice) {
        return new Namespaces(network, pid, ipc, uts, choice, user);
    }

    public Namespaces withUser(NamespaceChoice choice) {
        return new Namespaces(network, pid, ipc, uts, cgroup, choice);
    }
}
