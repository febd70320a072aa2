package dev.gantry.daemon.runtime.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gantry.daemon.runtime.OciRuntime;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.TaskRequest;
import dev.gantry.daemon.runtime.spec.Capabilities;
import dev.gantry.daemon.runtime.spec.ContainerSpec;
import dev.gantry.daemon.runtime.spec.ProcessSpec;
import dev.gantry.daemon.runtime.spec.SeccompChoice;
import dev.gantry.daemon.runtime.spec.SpecWriter;
import dev.gantry.daemon.type.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A filter that crun compiled once guards the next container as well as the first. */
@ExtendWith(RootOnly.class)
class CompiledFilterIntegrationTests {

    private static final String TRY = "grep Seccomp: /proc/self/status; unshare -U true && echo escaped; echo done";

    private final SpecWriter writer = new SpecWriter();

    @SuppressWarnings("ArrayRecordComponent") // the parts are compared, never the whole
    private record Outcome(byte[] filter, String output, Optional<String> newProfile) {}

    @Test
    void theSecondContainerGetsTheFilterOfTheFirst() throws Exception {
        try (RuntimeHost host = RuntimeHost.withCrun()) {
            OciRuntime runtime = host.runtime();
            assumeThat(runtime.compiledFilters()).isPresent();
            Outcome first = run(host, runtime, SeccompChoice.DEFAULT);
            assumeThat(runtime.compiledFilters()).isPresent();
            Outcome second = run(host, runtime, SeccompChoice.DEFAULT);

            assertThat(first.newProfile()).isPresent();
            assertThat(second.newProfile()).isEmpty();
            assertThat(second.filter()).isNotEmpty().isEqualTo(first.filter());
            for (Outcome one : List.of(first, second)) {
                assertThat(one.output())
                        .contains("Seccomp:\t2")
                        .contains("done")
                        .doesNotContain("escaped");
            }
        }
    }

    @Test
    void withoutAFilterTheSameTrySucceeds() throws Exception {
        try (RuntimeHost host = RuntimeHost.withCrun()) {
            assumeThat(Files.readString(Path.of("/proc/sys/user/max_user_namespaces"))
                            .strip())
                    .isNotEqualTo("0");

            Outcome free = run(host, host.runtime(), SeccompChoice.UNCONFINED);

            assertThat(free.newProfile()).isEmpty();
            assertThat(free.output()).contains("escaped");
        }
    }

    private Outcome run(RuntimeHost host, OciRuntime runtime, SeccompChoice seccomp) throws Exception {
        ContainerId id = host.newId();
        Path bundle = Files.createDirectories(host.bundle(id));
        Optional<String> fresh = writer.write(spec(host, id, seccomp), bundle, runtime.compiledFilters());
        Task task =
                runtime.create(new TaskRequest(id, bundle, Optional.of(host.log(id)), 0, false, false, false, fresh));
        Path compiled = host.stateOf(id).resolve("seccomp.bpf");
        byte[] filter = Files.exists(compiled) ? Files.readAllBytes(compiled) : new byte[0];
        task.start();
        assertThat(task.exit().get(30, TimeUnit.SECONDS).code()).isZero();
        task.delete();
        return new Outcome(filter, Files.readString(host.log(id)), fresh);
    }

    private static ContainerSpec spec(RuntimeHost host, ContainerId id, SeccompChoice seccomp) throws IOException {
        ProcessSpec process = new ProcessSpec(
                List.of("sh", "-c", TRY),
                List.of("PATH=/bin"),
                "/",
                new ProcessSpec.ResolvedUser(0, 0, List.of()),
                false,
                Capabilities.DEFAULT,
                false,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return ContainerSpec.builder(id, process, host.rootfs(), "/" + host.cgroupParent() + "/" + id.value())
                .seccomp(seccomp)
                .build();
    }
}
