package dev.gantry.daemon.runtime.spec;

import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * The powers of root, piece by piece: what a container gets by default and by what it asks for, never more than this
 * process can give. Immutable.
 */
public final class Capabilities {

    /** A capability's place is its number in the kernel. */
    private static final List<String> NAMES = List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_DAC_READ_SEARCH",
            "CAP_FOWNER",
            "CAP_FSETID",
            "CAP_KILL",
            "CAP_SETGID",
            "CAP_SETUID",
            "CAP_SETPCAP",
            "CAP_LINUX_IMMUTABLE",
            "CAP_NET_BIND_SERVICE",
            "CAP_NET_BROADCAST",
            "CAP_NET_ADMIN",
            "CAP_NET_RAW",
            "CAP_IPC_LOCK",
            "CAP_IPC_OWNER",
            "CAP_SYS_MODULE",
            "CAP_SYS_RAWIO",
            "CAP_SYS_CHROOT",
            "CAP_SYS_PTRACE",
            "CAP_SYS_PACCT",
            "CAP_SYS_ADMIN",
            "CAP_SYS_BOOT",
            "CAP_SYS_NICE",
            "CAP_SYS_RESOURCE",
            "CAP_SYS_TIME",
            "CAP_SYS_TTY_CONFIG",
            "CAP_MKNOD",
            "CAP_LEASE",
            "CAP_AUDIT_WRITE",
            "CAP_AUDIT_CONTROL",
            "CAP_SETFCAP",
            "CAP_MAC_OVERRIDE",
            "CAP_MAC_ADMIN",
            "CAP_SYSLOG",
            "CAP_WAKE_ALARM",
            "CAP_BLOCK_SUSPEND",
            "CAP_AUDIT_READ",
            "CAP_PERFMON",
            "CAP_BPF",
            "CAP_CHECKPOINT_RESTORE");

    /** What a container's root has unless told otherwise. */
    public static final Set<String> DEFAULT = inKernelOrder(List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FSETID",
            "CAP_FOWNER",
            "CAP_MKNOD",
            "CAP_NET_RAW",
            "CAP_SETGID",
            "CAP_SETUID",
            "CAP_SETFCAP",
            "CAP_SETPCAP",
            "CAP_NET_BIND_SERVICE",
            "CAP_SYS_CHROOT",
            "CAP_KILL",
            "CAP_AUDIT_WRITE"));

    private static final String ALL = "ALL";
    private static final String PREFIX = "CAP_";

    private final Set<String> available;

    private Capabilities(Set<String> available) {
        this.available = available;
    }

    /** Bounds by what the host's kernel knows and what this process's bounding set holds. */
    public static Capabilities ofThisProcess() {
        try {
            int last = (int) KernelNumber.read("/proc/sys/kernel/cap_last_cap");
            return of(last, boundingSet(Files.readAllLines(Path.of("/proc/self/status"))));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading this process's capabilities", e);
        }
    }

    /**
     * Bounds by given facts.
     *
     * @param last the highest number the kernel knows
     * @param boundingSet a bit per number
     */
    static Capabilities of(int last, long boundingSet) {
        Set<String> available = new LinkedHashSet<>();
        for (int i = 0; i < NAMES.size() && i <= last; i++) {
            if ((boundingSet >>> i & 1) != 0) {
                available.add(NAMES.get(i));
            }
        }
        return new Capabilities(inKernelOrder(available));
    }

    private static long boundingSet(List<String> status) {
        for (String line : status) {
            if (line.startsWith("CapBnd:")) {
                return Long.parseUnsignedLong(line.substring("CapBnd:".length()).strip(), 16);
            }
        }
        throw new IllegalStateException("/proc/self/status names no CapBnd");
    }

    /** Everything this process can give, in the kernel's order. */
    public Set<String> available() {
        return available;
    }

    /** What a privileged container's root has: all that is available. */
    public Set<String> privileged() {
        return available;
    }

    /**
     * Works out what a container's root has: the default with {@code drop} taken away and {@code add} put in, or, where
     * one of them says {@code ALL}, all but {@code drop}, or nothing but {@code add}.
     *
     * @param add names with or without {@code CAP_}, in any case
     * @param drop likewise
     * @throws EngineException of kind invalid for unknown names, and for names that are not available here
     */
    public Set<String> adjust(Collection<String> add, Collection<String> drop) {
        Set<String> added = normalize("CapAdd", add);
        Set<String> dropped = normalize("CapDrop", drop);
        Set<String> result = new LinkedHashSet<>();
        if (added.contains(ALL)) {
            result.addAll(available);
            result.removeAll(dropped);
        } else if (dropped.contains(ALL)) {
            result.addAll(added);
        } else {
            result.addAll(DEFAULT);
            result.retainAll(available);
            result.removeAll(dropped);
            result.addAll(added);
        }
        return inKernelOrder(result);
    }

    private Set<String> normalize(String setting, Collection<String> names) {
        Set<String> normal = new LinkedHashSet<>();
        for (String name : names) {
            String upper = name.toUpperCase(Locale.ROOT);
            if (upper.equals(ALL)) {
                normal.add(ALL);
                continue;
            }
            String full = upper.startsWith(PREFIX) ? upper : PREFIX + upper;
            if (!NAMES.contains(full)) {
                // compat: docker's text
                throw EngineException.invalid("invalid " + setting + ": unknown capability: \"" + full + "\"");
            }
            if (!available.contains(full)) {
                // compat: docker's text
                throw EngineException.invalid("invalid " + setting
                        + ": capability not supported by your kernel or not available in the current"
                        + " environment: \"" + full + "\"");
            }
            normal.add(full);
        }
        return normal;
    }

    /** Sorts by number, so that the same set is always written the same way. */
    static Set<String> inKernelOrder(Collection<String> names) {
        TreeMap<Integer, String> sorted = new TreeMap<>();
        for (String name : names) {
            sorted.put(NAMES.indexOf(name), name);
        }
        return Collections.unmodifiableSet(new LinkedHashSet<>(sorted.values()));
    }
}
