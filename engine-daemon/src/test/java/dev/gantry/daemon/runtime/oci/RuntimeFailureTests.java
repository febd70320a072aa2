package dev.gantry.daemon.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.type.EngineException;
import org.junit.jupiter.api.Test;

class RuntimeFailureTests {

    @Test
    void crunMissingNameIsToldAsDockerDoes() {
        RuntimeFailure failure =
                RuntimeFailure.parse("executable file `foo` not found in $PATH: No such file or directory", "foo");
        assertThat(failure.reason()).isEqualTo("exec: \"foo\": executable file not found in $PATH");
        assertThat(failure.exitCode()).isEqualTo(127);
        assertThat(failure.onCreate().kind()).isEqualTo(EngineException.Kind.INVALID);
    }

    @Test
    void runcLogLineGivesItsMessage() {
        RuntimeFailure failure = RuntimeFailure.parse(
                "time=\"2026-11-23T12:50:30Z\" level=error msg=\"runc create failed: unable to start container process: "
                        + "exec: \\\"/proc\\\": permission denied\"\n",
                "/proc");
        assertThat(failure.reason()).isEqualTo("exec: \"/proc\": permission denied");
        assertThat(failure.exitCode()).isEqualTo(126);
    }

    @Test
    void jsonLogLineGivesItsMessage() {
        RuntimeFailure failure = RuntimeFailure.parse(
                "{\"msg\":\"open executable: Operation not permitted\",\"level\":\"error\",\"time\":\"\"}", "/x");
        assertThat(failure.reason()).isEqualTo("exec: \"/x\": permission denied");
    }

    @Test
    void missingDirectoryNamesIt() {
        assertThat(RuntimeFailure.parse("chdir `/nocwd`: No such file or directory", "true")
                        .reason())
                .isEqualTo("chdir to cwd (\"/nocwd\") set in config.json failed: no such file or directory");
    }

    @Test
    void anythingElseIsPassedOnAndNotTheUsersFault() {
        RuntimeFailure failure = RuntimeFailure.parse("something odd", "true");
        assertThat(failure.reason()).isEqualTo("something odd");
        assertThat(failure.exitCode()).isEqualTo(128);
        assertThat(failure.execExitCode()).isEqualTo(126);
        assertThat(failure.onStart().kind()).isEqualTo(EngineException.Kind.INTERNAL);
    }
}
