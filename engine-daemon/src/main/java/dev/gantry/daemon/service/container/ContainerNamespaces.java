package dev.gantry.daemon.service.container;

import dev.gantry.daemon.network.Sandbox;
import dev.gantry.daemon.runtime.spec.NamespaceChoice;
import dev.gantry.daemon.runtime.spec.Namespaces;
import dev.gantry.daemon.type.EngineException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides which namespaces a container gets: new ones, the host's, or another container's. */
final class ContainerNamespaces {

    private static final String SHARED = "container:";

    private final ContainerIndex index;

    /** What a container gets where its user does not say: private on cgroup v2, the host's on v1, as docker does. */
    private final String defaultCgroupMode;

    ContainerNamespaces(ContainerIndex index, String defaultCgroupMode) {
        this.index = index;
        this.defaultCgroupMode = defaultCgroupMode;
    }

    /**
     * Checks what is asked for and finds the containers whose namespaces are to be shared; from now on they are known by
     * their ids.
     */
    HostSettings.Namespaces resolve(HostSettings.Namespaces wishes) {
        require("PID mode", wishes.pid(), Set.of("", "host"));
        require("IPC mode", wishes.ipc(), Set.of("", "none", "private", "shareable", "host"));
        requireOneOf("UTS mode", wishes.uts(), Set.of("", "host"));
        requireOneOf("cgroup namespace mode", wishes.cgroup(), Set.of("", "private", "host"));
        return new HostSettings.Namespaces(byId(wishes.pid()), byId(wishes.ipc()), wishes.uts(), wishes.cgroup());
    }

    /** Finds the container whose network is to be shared. */
    NetworkMode resolve(NetworkMode mode) {
        return mode instanceof NetworkMode.Shared shared
                ? new NetworkMode.Shared(donor(shared.reference()).id().value())
                : mode;
    }

    private static void require(String what, String wish, Set<String> words) {
        if (!wish.startsWith(SHARED) || wish.equals(SHARED)) {
            requireOneOf(what, wish, words);
        }
    }

    private static void requireOneOf(String what, String wish, Set<String> words) {
        if (!words.contains(wish)) {
            // compat: docker's text
            throw EngineException.invalid("invalid " + what + ": " + wish);
        }
    }

    private String byId(String wish) {
        return wish.startsWith(SHARED)
                ? SHARED + donor(wish.substring(SHARED.length())).id()
                : wish;
    }

    private Container donor(String reference) {
        try {
            return index.find(reference);
        } catch (EngineException e) {
            // compat: a create that answers "not found" makes the docker CLI pull the image
            throw new EngineException(EngineException.Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    Namespaces of(ContainerRecord record, Optional<Sandbox> sandbox) {
        HostSettings.Namespaces wishes = record.host().namespaces();
        String cgroup = wishes.cgroup().isEmpty() ? defaultCgroupMode : wishes.cgroup();
        return new Namespaces(
                network(record, sandbox),
                choice("pid", wishes.pid()),
                choice("ipc", wishes.ipc()),
                choice("uts", wishes.uts()),
                choice("cgroup", cgroup),
                NamespaceChoice.HOST);
    }

    boolean ownsUts(ContainerRecord record) {
        return !record.host().namespaces().uts().equals("host");
    }

    private NamespaceChoice network(ContainerRecord record, Optional<Sandbox> sandbox) {
        if (record.host().network() instanceof NetworkMode.Shared shared) {
            return NamespaceChoice.join(namespaceOf(shared.reference(), "net", "network"));
        }
        return sandbox.map(s -> NamespaceChoice.join(s.path())).orElse(NamespaceChoice.HOST);
    }

    private NamespaceChoice choice(String kind, String wish) {
        if (wish.startsWith(SHARED)) {
            String reference = wish.substring(SHARED.length());
            if (kind.equals("ipc")) {
                SharedMemory.requireShareable(index.find(reference).record());
            }
            return NamespaceChoice.join(namespaceOf(reference, kind, kind.toUpperCase(Locale.ROOT)));
        }
        return wish.equals("host") ? NamespaceChoice.HOST : NamespaceChoice.NEW;
    }

    private Path namespaceOf(String reference, String file, String what) {
        Container other = index.find(reference);
        if (!other.state().running()) {
            // compat: docker's text
            throw EngineException.conflict(
                    "cannot join " + what + " namespace of a non running container: " + other.id());
        }
        return Path.of("/proc", Integer.toString(other.state().pid()), "ns", file);
    }
}
