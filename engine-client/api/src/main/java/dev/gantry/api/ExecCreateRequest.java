package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;

/**
 * A process to be started in a running container.
 *
 * @param consoleSize height and width
 */
public record ExecCreateRequest(
        String user,
        boolean privileged,
        boolean tty,
        @OmitEmpty List<Integer> consoleSize,
        boolean attachStdin,
        boolean attachStderr,
        boolean attachStdout,
        String detachKeys,
        List<String> env,
        String workingDir,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> cmd) {

    public ExecCreateRequest {
        user = Absent.text(user);
        consoleSize = Absent.list(consoleSize);
        detachKeys = Absent.text(detachKeys);
        env = Absent.list(env);
        workingDir = Absent.text(workingDir);
        cmd = Absent.list(cmd);
    }
}
