package dev.gantry.daemon.runtime.spec;

import dev.gantry.daemon.runtime.spec.ProcessSpec.ResolvedUser;
import dev.gantry.daemon.type.ContainerId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Specifications for tests. */
final class SpecFixtures {

    static final ContainerId ID = ContainerId.random(new Random(1));

    private SpecFixtures() {}

    static ProcessSpec process(Set<String> capabilities, int uid, String... args) {
        return new ProcessSpec(
                List.of(args),
                List.of("PATH=/bin"),
                "/",
                new ResolvedUser(uid, uid, List.of()),
                false,
                capabilities,
                false,
                Map.of(),
                Optional.of(0),
                Optional.empty(),
                Optional.empty());
    }

    static ContainerSpec.Builder container(String... args) {
        return ContainerSpec.builder(
                ID, process(Capabilities.DEFAULT, 0, args), Path.of("/rootfs"), "/gantry-test/" + ID.shortForm());
    }
}
