package dev.gantry.daemon.runtime.spec;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what a runtime made of seccomp profiles, for runtimes that take a filter in that form: to compile one takes
 * them as long as all the rest of a creation. It is kept in memory only, for this life of the daemon. Safe for use by
 * many threads.
 */
public final class CompiledFilters {

    /** By which crun takes a compiled filter; a runtime that does not know it compiles the profile beside it. */
    static final String ANNOTATION = "run.oci.seccomp_bpf_data";

    private static final int REMEMBERED = 64;
    private static final int INSTRUCTION_BYTES = 8;

    private final Map<String, String> encoded = new ConcurrentHashMap<>();

    /** The compiled form of a profile, as the annotation has it. */
    Optional<String> of(String profile) {
        return Optional.ofNullable(encoded.get(profile));
    }

    /**
     * Notes what the runtime made of a profile.
     *
     * @param profile as it stood in a specification
     * @param program instructions of the kernel's packet filter
     */
    public void learn(String profile, byte[] program) {
        if (program.length == 0 || program.length % INSTRUCTION_BYTES != 0) {
            return;
        }
        if (encoded.size() >= REMEMBERED) {
            encoded.clear();
        }
        encoded.put(profile, Base64.getEncoder().encodeToString(program));
    }
}
