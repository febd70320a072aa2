package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * An OCI runtime.
 */
public record RuntimeInfo(
        @JsonProperty("path") @OmitEmpty String path,
        @JsonProperty("runtimeArgs") @OmitEmpty List<String> runtimeArgs,
        @JsonProperty("status") @OmitEmpty Map<String, String> status) {

    public RuntimeInfo {
        path = Absent.text(path);
        runtimeArgs = Absent.list(runtimeArgs);
        status = Absent.texts(status);
    }
}
