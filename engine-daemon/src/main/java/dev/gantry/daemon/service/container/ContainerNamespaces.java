package dev.gantry.daemon.service.container;

import dev.gantry.daemon.network.Sandbox;
import dev.gantry.daemon.runtime.spec.NamespaceChoice;
import dev.gantry.daemon.runtime.spec.Namespaces;
import dev.gantry.daemon.type.EngineException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

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

    /** Checks the wishes that need no other container. */
    void check(HostSettings.Namespaces wishes) {
        mode("pid", wishes.pid());
        mode("ipc", wishes.ipc());
        mode("uts", wishes.uts());
        mode("cgroup", wishes.cgroup());
        if (wishes.ipc().startsWith(SHARED)) {
            throw EngineException.notImplemented("sharing another container's IPC namespace is not implemented yet");
        }
        if (wishes.uts().startsWith(SHARED) || wishes.cgroup().startsWith(SHARED)) {
            throw EngineException.invalid("invalid UTS or cgroup namespace mode: only private and host are possible");
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
            return NamespaceChoice.join(
                    namespaceOf(wish.substring(SHARED.length()), kind, kind.toUpperCase(Locale.ROOT)));
        }
        return mode(kind, wish);
    }

    private static NamespaceChoice mode(String kind, String wish) {
        return switch (wish) {
            case "", "private", "shareable" -> NamespaceChoice.NEW;
            case "host" -> NamespaceChoice.HOST;
            default -> {
                if (wish.startsWith(SHARED)) {
                    yield NamespaceChoice.NEW;
                }
                // compat: docker's text
                throw EngineException.invalid("invalid " + kind.toUpperCase(Locale.ROOT) + " mode: " + wish);
            }
        };
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
