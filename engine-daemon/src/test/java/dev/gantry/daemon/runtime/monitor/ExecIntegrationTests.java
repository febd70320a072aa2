package dev.gantry.daemon.runtime.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.ExecTask;
import dev.gantry.daemon.runtime.ExecTask.ExecExit;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.spec.ProcessSpec;
import dev.gantry.daemon.runtime.spec.ProcessSpec.ResolvedUser;
import dev.gantry.daemon.type.TerminalSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RootOnly.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class ExecIntegrationTests {

    private final Random random = new Random();
    RuntimeHost host;
    Task task;

    abstract RuntimeHost openHost() throws IOException;

    @BeforeAll
    void open() throws IOException {
        host = openHost();
        task = host.run(host.container("sleep", "1000"));
    }

    @AfterAll
    void close() throws IOException {
        task.delete();
        host.close();
    }

    ExecRequest request(boolean terminal, String directory, String... args) {
        byte[] id = new byte[32];
        random.nextBytes(id);
        ProcessSpec process = new ProcessSpec(
                List.of(args),
                List.of("PATH=/bin"),
                directory,
                new ResolvedUser(0, 0, List.of()),
                terminal,
                Set.of("CAP_KILL"),
                false,
                Map.of(),
                Optional.empty(),
                Optional.empty());
        return new ExecRequest(
                HexFormat.of().formatHex(id), process, true, true, true, Optional.of(new TerminalSize(20, 70)));
    }

    static ExecExit end(ExecTask exec) throws Exception {
        return exec.exit().get(30, TimeUnit.SECONDS);
    }

    @Test
    void exitCodeIsTheProgramsOwn() throws Exception {
        ExecTask exec = task.exec(request(false, "/", "sh", "-c", "exit 127"));
        assertThat(end(exec)).isEqualTo(new ExecExit(127, ""));
        exec.attachment().close();
    }

    @Test
    void signalCountsAs128AndMore() throws Exception {
        ExecTask exec = task.exec(request(false, "/", "sh", "-c", "kill -9 $$"));
        assertThat(end(exec)).isEqualTo(new ExecExit(137, ""));
        exec.attachment().close();
    }

    @Test
    void inputComesBackAsOutput() throws Exception {
        ExecTask exec = task.exec(request(false, "/", "cat"));
        try (Reading reading = Reading.start(host.executor(), exec.attachment())) {
            reading.write("x".repeat(1_000_000));
            await().untilAsserted(() -> assertThat(exec.pid()).isPositive());
            exec.attachment().endInput();
            assertThat(reading.text()).hasSize(1_000_000);
        }
        assertThat(end(exec).code()).isZero();
    }

    @Test
    void terminalHasItsFirstSizeAndEnds() throws Exception {
        // runc hands the size on only after it has started the process
        String untilKnown = "until stty size 2>/dev/null | grep ' '; do sleep 0.1; done; exit 6";
        ExecTask exec = task.exec(request(true, "/", "sh", "-c", untilKnown));
        try (Reading reading = Reading.start(host.executor(), exec.attachment())) {
            assertThat(reading.text()).contains("20 70");
        }
        assertThat(end(exec)).isEqualTo(new ExecExit(6, ""));
    }

    @Test
    void terminalIsResized() throws Exception {
        ExecTask exec = task.exec(request(true, "/", "sh", "-c", "while :; do stty size; read -t 1 line; done"));
        try (Reading reading = Reading.start(host.executor(), exec.attachment())) {
            await().untilAsserted(() -> assertThat(reading.soFar()).contains("20 70"));
            exec.resize(new TerminalSize(31, 99));
            await().untilAsserted(() -> {
                reading.write("\n");
                assertThat(reading.soFar()).contains("31 99");
            });
            reading.write("\u0003");
            end(exec);
        }
    }

    @Test
    void missingProgramIs127WithItsText() throws Exception {
        ExecTask exec = task.exec(request(false, "/", "no-such-program"));
        assertThat(end(exec))
                .isEqualTo(new ExecExit(
                        127,
                        "OCI runtime exec failed: exec failed: unable to start container process: "
                                + "exec: \"no-such-program\": executable file not found in $PATH: unknown"));
        exec.attachment().close();
    }

    @Test
    void missingProgramOnATerminalIs127() throws Exception {
        ExecTask exec = task.exec(request(true, "/", "/no/such"));
        assertThat(end(exec).code()).isEqualTo(127);
        assertThat(end(exec).startFailure()).contains("exec: \"/no/such\": stat /no/such: no such file or directory");
        exec.attachment().close();
    }

    @Test
    void whatIsNotAProgramIs126() throws Exception {
        ExecTask exec = task.exec(request(false, "/", "/etc/passwd"));
        assertThat(end(exec).code()).isEqualTo(126);
        assertThat(end(exec).startFailure()).contains("permission denied");
        exec.attachment().close();
    }

    @Test
    void missingDirectoryIsTold() throws Exception {
        ExecTask exec = task.exec(request(false, "/no/such", "true"));
        assertThat(end(exec).startFailure()).contains("/no/such").contains("no such file or directory");
        exec.attachment().close();
    }

    /** Children that outlive their parents are reparented to the container's first process: only the session tells. */
    @Test
    void killEndsAllThatAnExecStartedAndNothingElse() throws Exception {
        ExecTask other = task.exec(request(false, "/", "sleep", "7777"));
        String forks =
                "(sleep 8881 & sleep 8882 &) ; sh -c 'sleep 8883 & sleep 8884' & trap '' TERM; echo up; sleep 8885";
        ExecTask exec = task.exec(request(false, "/", "sh", "-c", forks));
        try (Reading reading = Reading.start(host.executor(), exec.attachment())) {
            await().untilAsserted(() -> assertThat(reading.soFar()).isEqualTo("up\n"));
            await().untilAsserted(() -> assertThat(running("sleep 888")).hasSize(5));
            exec.kill();
            assertThat(end(exec).code()).isEqualTo(137);
            await().untilAsserted(() -> assertThat(running("sleep 888")).isEmpty());
        }
        assertThat(other.exit()).isNotDone();
        assertThat(running("sleep 7777")).hasSize(1);
        other.kill();
        assertThat(end(other).code()).isEqualTo(137);
        other.attachment().close();
        other.kill();
    }

    @Test
    void killBeforeTheProgramRunsEndsItToo() throws Exception {
        ExecTask exec = task.exec(request(false, "/", "sleep", "9991"));
        exec.kill();
        assertThat(end(exec).code()).isEqualTo(137);
        exec.attachment().close();
        assertThat(running("sleep 9991")).isEmpty();
    }

    /** Command lines of living processes that begin so. */
    private static List<String> running(String beginning) {
        return ProcessHandle.allProcesses()
                .map(process -> commandLine(process.pid()))
                .filter(line -> line.startsWith(beginning))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException ended) {
            return "";
        }
    }

    @Test
    void nothingIsLeftInTheBundle() throws Exception {
        ExecRequest request = request(false, "/", "true");
        ExecTask exec = task.exec(request);
        end(exec);
        exec.attachment().close();
        assertThat(host.bundle(task.id()).toFile().list())
                .noneMatch(name -> name.contains(request.execId().substring(0, 16)));
    }
}
