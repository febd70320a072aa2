package dev.gantry.daemon.runtime.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a hundred containers leave behind: nothing. */
@ExtendWith(RootOnly.class)
class RuntimeTraceIntegrationTests {

    private static final int RUNS = 100;

    @Test
    void aHundredRunsLeaveNothing() throws Exception {
        try (RuntimeHost host = RuntimeHost.withCrun()) {
            runOnce(host);
            long descriptors = count(Path.of("/proc/self/fd"));
            for (int i = 0; i < RUNS; i++) {
                runOnce(host);
            }
            await().untilAsserted(
                            () -> assertThat(count(Path.of("/proc/self/fd"))).isLessThanOrEqualTo(descriptors));
            assertThat(ProcessHandle.current().children()).isEmpty();
            assertThat(filesIn(host.execRoot().resolve("runtime/crun"))).isEmpty();
            for (Path hierarchy : RuntimeHost.hierarchies()) {
                assertThat(directoriesIn(hierarchy.resolve(host.cgroupParent())))
                        .isEmpty();
            }
        }
    }

    private static void runOnce(RuntimeHost host) throws Exception {
        Task task = host.create(host.container("echo", "hello"));
        try (Attachment attachment = task.attach(false)) {
            Reading reading = Reading.start(host.executor(), attachment);
            task.start();
            assertThat(reading.text()).isEqualTo("hello\n");
        }
        assertThat(task.exit().get(30, TimeUnit.SECONDS).code()).isZero();
        task.delete();
        assertThat(filesIn(host.bundle(task.id()))).containsExactly("config.json", "output.log");
    }

    private static long count(Path directory) throws IOException {
        return filesIn(directory).size();
    }

    private static Set<String> filesIn(Path directory) throws IOException {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.forEach(file -> names.add(String.valueOf(file.getFileName())));
            }
        }
        return names;
    }

    private static Set<String> directoriesIn(Path directory) throws IOException {
        Set<String> names = filesIn(directory);
        names.removeIf(name -> !Files.isDirectory(directory.resolve(name)));
        return names;
    }
}
