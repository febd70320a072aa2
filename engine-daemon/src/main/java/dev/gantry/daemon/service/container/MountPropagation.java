package dev.gantry.daemon.service.container;

import dev.gantry.daemon.linux.mount.MountTable;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Checks that a bind mount's source can pass mounts on in the way that is asked for. */
final class MountPropagation {

    private static final List<String> SHARED = List.of("shared:");
    private static final List<String> SHARED_OR_SLAVE = List.of("shared:", "master:");

    private MountPropagation() {}

    /**
     * Looks at the mount that the source lies on.
     *
     * @throws EngineException where that is private, so that nothing would be passed on
     */
    static void check(MountRequest.Bind bind) {
        switch (bind.propagation()) {
            case "shared", "rshared" -> require(bind, SHARED, "shared");
            case "slave", "rslave" -> require(bind, SHARED_OR_SLAVE, "shared or slave");
            default -> {}
        }
    }

    private static void require(MountRequest.Bind bind, List<String> fields, String words) {
        MountTable.Entry mount = mountOf(bind.source());
        boolean fits =
                mount.propagation().stream().anyMatch(field -> fields.stream().anyMatch(field::startsWith));
        if (!fits) {
            // compat: docker's text
            throw new EngineException(
                    EngineException.Kind.INTERNAL,
                    "path " + bind.source() + " is mounted on " + mount.target() + " but it is not a " + words
                            + " mount");
        }
    }

    private static MountTable.Entry mountOf(String source) {
        try {
            Path real = Path.of(source).toRealPath();
            return MountTable.read().entries().stream()
                    .filter(entry -> real.startsWith(Path.of(entry.target())))
                    .max(Comparator.comparingInt(entry -> entry.target().length()))
                    .orElseThrow(() -> EngineException.invalid("no mount point of " + source + " found"));
        } catch (IOException e) {
            throw EngineException.internal("looking at " + source + ": " + e.getMessage(), e);
        }
    }
}
