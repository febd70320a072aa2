package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process of an exec.
 */
public record ProcessConfig(
        @JsonProperty("tty") boolean tty,
        @JsonProperty("entrypoint") String entrypoint,
        @JsonProperty("arguments") List<String> arguments,
        @JsonProperty("privileged") @OmitNull @Nullable Boolean privileged,
        @JsonProperty("user") @OmitEmpty String user) {

    public ProcessConfig {
        entrypoint = Absent.text(entrypoint);
        arguments = Absent.list(arguments);
        user = Absent.text(user);
    }
}
