package dev.gantry.daemon.runtime.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.linux.process.ProcessStat;
import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.TaskExit;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RootOnly.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class ConmonIntegrationTests {

    private RuntimeHost host;

    abstract RuntimeHost openHost() throws IOException;

    @BeforeAll
    void open() throws IOException {
        host = openHost();
    }

    @AfterAll
    void close() throws IOException {
        host.close();
    }

    private static TaskExit end(Task task) throws Exception {
        return task.exit().get(30, TimeUnit.SECONDS);
    }

    @Test
    void exitCodeOfTrueIsZero() throws Exception {
        Task task = host.run(host.container("true"));
        assertThat(end(task).code()).isZero();
        assertThat(task.pid()).isZero();
        task.delete();
    }

    @Test
    void exitCodeIsTheProgramsOwn() throws Exception {
        Task task = host.run(host.container("sh", "-c", "exit 7"));
        assertThat(end(task)).returns(7, TaskExit::code).returns(false, TaskExit::outOfMemory);
        task.delete();
    }

    @Test
    void outputIsInTheLogWhenExitCompletes() throws Exception {
        Task task = host.run(host.container("sh", "-c", "echo out; echo err >&2"));
        end(task);
        assertThat(Files.readAllLines(host.log(task.id())))
                .anyMatch(line -> line.endsWith(" stdout F out"))
                .anyMatch(line -> line.endsWith(" stderr F err"));
        task.delete();
    }

    @Test
    void attachBeforeStartSeesTheFirstByte() throws Exception {
        for (int i = 0; i < 20; i++) {
            Task task = host.create(host.container("echo", "first"));
            try (Reading reading = Reading.start(host.executor(), task.attach(false))) {
                task.start();
                assertThat(reading.text()).isEqualTo("first\n");
            }
            task.delete();
        }
    }

    @Test
    void signalEndsTheProcess() throws Exception {
        Task task = host.run(host.container("sleep", "1000"));
        assertThat(task.pid()).isPositive();
        task.signal(Signal.KILL);
        assertThat(end(task).code()).isEqualTo(137);
        task.signal(Signal.KILL);
        task.delete();
    }

    @Test
    void deleteEndsARunningContainer() throws Exception {
        Task task = host.run(host.container("sleep", "1000"));
        Path bundle = host.bundle(task.id());
        task.delete();
        assertThat(end(task).code()).isEqualTo(137);
        assertThat(bundle.resolve("task.json")).doesNotExist();
        assertThat(host.runtime().adopt(task.id(), bundle)).isEmpty();
    }

    @Test
    void missingProgramIsToldInTheWordsClientsKnow() throws Exception {
        RuntimeHost.Container container = host.container("no-such-program");
        assertThatThrownBy(() -> host.create(container))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("OCI runtime create failed")
                .hasMessageContaining("exec: \"no-such-program\": executable file not found in $PATH: unknown");
        assertThat(host.bundle(container.id())).isDirectoryContaining("glob:**/config.json");
        assertThat(host.stateOf(container.id())).doesNotExist();
    }

    @Test
    void missingPathAndNonProgramAreTold() {
        assertThatThrownBy(() -> host.create(host.container("/no/such")))
                .hasMessageContaining("exec: \"/no/such\": stat /no/such: no such file or directory");
        assertThatThrownBy(() -> host.create(host.container("/etc/passwd")))
                .hasMessageContaining("exec: \"/etc/passwd\": permission denied");
    }

    @Test
    void anotherLifeAdoptsARunningTask() throws Exception {
        Task task = host.run(
                host.container("sh", "-c", "read line; echo got $line; exit 3").withStdin());
        try (RuntimeHost.OtherLife other = host.otherLife()) {
            Task adopted =
                    other.runtime().adopt(task.id(), host.bundle(task.id())).orElseThrow();
            assertThat(adopted.pid()).isEqualTo(task.pid());
            try (Reading reading = Reading.start(host.executor(), adopted.attach(true))) {
                reading.write("hello\n");
                assertThat(reading.text()).isEqualTo("got hello\n");
            }
            assertThat(end(adopted).code()).isEqualTo(3);
            adopted.delete();
        }
    }

    @Test
    void anotherLifeAdoptsAFinishedTask() throws Exception {
        Task task = host.run(host.container("sh", "-c", "exit 9"));
        TaskExit exit = end(task);
        try (RuntimeHost.OtherLife other = host.otherLife()) {
            Optional<Task> adopted = other.runtime().adopt(task.id(), host.bundle(task.id()));
            assertThat(end(adopted.orElseThrow())).isEqualTo(exit);
            adopted.orElseThrow().delete();
        }
    }

    @Test
    void lossOfTheMonitorEndsTheContainer() throws Exception {
        Task task = host.run(host.container("sleep", "1000"));
        int pid = task.pid();
        int monitor = TaskRecord.read(host.bundle(task.id()).resolve("task.json"))
                .orElseThrow()
                .monitor()
                .pid();
        ProcessHandle.of(monitor).orElseThrow().destroyForcibly();
        assertThat(end(task).code()).isEqualTo(137);
        assertThat(ProcessStat.read(pid).filter(stat -> !stat.isZombie())).isEmpty();
        task.delete();
    }

    @Test
    void purgeRemovesARunningContainer() throws Exception {
        Task task = host.run(host.container("sleep", "1000"));
        host.runtime().purge(task.id(), host.bundle(task.id()));
        assertThat(end(task).code()).isEqualTo(137);
        assertThat(host.stateOf(task.id())).doesNotExist();
    }
}
