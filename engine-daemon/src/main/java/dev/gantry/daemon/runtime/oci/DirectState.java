package dev.gantry.daemon.runtime.oci;

import dev.gantry.daemon.type.ContainerId;
import java.util.Optional;

/**
 * Does by a runtime's files alone what would else take a process of it. Each step says whether it was done; where it was
 * not, the runtime itself is to be asked, which finds everything it needs.
 */
interface DirectState {

    /** For runtimes whose files are their own business. */
    DirectState NONE = new DirectState() {
        @Override
        public boolean start(ContainerId id) {
            return false;
        }

        @Override
        public boolean delete(ContainerId id) {
            return false;
        }

        @Override
        public boolean takesCompiledFilters() {
            return false;
        }

        @Override
        public Optional<byte[]> compiledFilter(ContainerId id) {
            return Optional.empty();
        }
    };

    /** Lets a created container run its program. */
    boolean start(ContainerId id);

    /** Removes the state and the cgroup of a container in which nothing runs any more. */
    boolean delete(ContainerId id);

    /** Whether the runtime takes a seccomp filter that it compiled before. */
    boolean takesCompiledFilters();

    /** The seccomp filter the runtime compiled for a container that is created. */
    Optional<byte[]> compiledFilter(ContainerId id);
}
