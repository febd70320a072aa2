package dev.gantry.daemon.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.linux.socket.Pipe;
import dev.gantry.daemon.type.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpawnerTests {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private static ProgramRun shell(String script, String... env) {
        return ProgramRun.of(List.of("/bin/sh", "-c", script), List.of(env), Path.of("/usr"), Spawner::spawn, DEADLINE);
    }

    @Test
    void programHasExactlyItsEnvironmentAndDirectory() {
        ProgramRun run = shell("pwd; echo \"$A ${HOME-none}\"; exit 5", "A=ä");
        assertThat(run).isEqualTo(new ProgramRun(5, "/usr\nä none"));
    }

    @Test
    void programHasNoDescriptorsButThoseNamed() {
        try (Pipe leak = Pipe.open()) {
            assertThat(leak.readEnd().isOpen()).isTrue();
            assertThat(shell("cd /proc/self/fd; for fd in *; do test -e $fd && echo $fd; done")
                            .output()
                            .lines())
                    .containsExactly("0", "1", "2");
        }
    }

    @Test
    void programLeadsItsOwnSession() {
        assertThat(shell("read -r pid name state parent group session rest < /proc/$$/stat; test $pid = $session")
                        .status())
                .isZero();
    }

    /** The child's 1 is our 2 and the other way round. They stay the JVM's: not closed here. */
    @Test
    void descriptorsWithTheNumbersOfTargetsChangePlaces() throws Exception {
        try (CapturedOutput output = CapturedOutput.open();
                Fd nothing = FdStream.openNull()) {
            List<Fd> swapped = List.of(nothing, Fd.own(2), Fd.own(1), output.fd());
            String script = "a=$(readlink /proc/$$/fd/1); b=$(readlink /proc/$$/fd/2); echo $a >&3; echo $b >&3";
            try (ChildProcess child = Spawner.spawn(new Command(
                    List.of("/bin/sh", "-c", script), List.of("PATH=/usr/bin:/bin"), Path.of("/"), swapped))) {
                assertThat(child.waitFor(DEADLINE)).hasValue(0);
            }
            assertThat(output.text().lines())
                    .containsExactly(
                            Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString(),
                            Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString());
        }
    }

    @Test
    void missingProgramIsAnError() {
        assertThatThrownBy(() ->
                        Spawner.spawn(new Command(List.of("/no/such/program"), List.of(), Path.of("/"), List.of())))
                .isInstanceOfSatisfying(
                        LinuxException.class,
                        e -> assertThat(e.is(Errno.ENOENT)).isTrue());
    }

    @Test
    void watcherNoticesTheEnd() throws Exception {
        try (ExitWatcher watcher = ExitWatcher.start();
                ChildProcess child =
                        Spawner.spawn(new Command(List.of("/bin/sleep", "100"), List.of(), Path.of("/"), List.of()))) {
            CompletableFuture<Void> end = watcher.watch(child.pidFd());
            assertThat(end).isNotDone();
            child.pidFd().signal(Signal.TERM);
            end.get(10, TimeUnit.SECONDS);
            assertThat(child.reap()).hasValue(128 + 15);
            assertThat(child.pidFd().signal(Signal.TERM)).isFalse();
        }
    }

    @Test
    void startTimeTellsAProcessFromItsNumber() {
        try (ChildProcess child =
                Spawner.spawn(new Command(List.of("/bin/sleep", "100"), List.of(), Path.of("/"), List.of()))) {
            long startTime = ProcessStat.read(child.pid()).orElseThrow().startTime();
            PidFd.open(child.pid(), startTime).orElseThrow().close();
            assertThat(PidFd.open(child.pid(), startTime + 1)).isEmpty();
            child.destroy(DEADLINE);
            assertThat(PidFd.open(child.pid(), startTime)).isEmpty();
        }
    }

    @Test
    void nameOfAProcessMayHoldAnything() {
        assertThat(ProcessStat.parse("7 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4242 20"))
                .isEqualTo(new ProcessStat('S', 1, 3, 4242));
    }
}
