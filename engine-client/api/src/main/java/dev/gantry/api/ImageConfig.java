package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * The defaults an image gives to its containers.
 */
public record ImageConfig(
        @OmitEmpty String user,

        @OmitEmpty @JsonSerialize(using = KeySetSerializer.class) @JsonDeserialize(using = KeySetDeserializer.class)
        Set<String> exposedPorts,

        @OmitEmpty List<String> env,

        @OmitEmpty @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> entrypoint,

        @OmitEmpty @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> cmd,

        @OmitEmpty @JsonSerialize(using = KeySetSerializer.class) @JsonDeserialize(using = KeySetDeserializer.class)
        Set<String> volumes,

        @OmitEmpty String workingDir,
        @OmitEmpty Map<String, String> labels,
        @OmitEmpty String stopSignal,
        @OmitEmpty boolean argsEscaped,
        @OmitNull @Nullable HealthConfig healthcheck,
        @OmitEmpty List<String> onBuild,

        @OmitEmpty @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> shell) {

    /** All values absent. */
    public static final ImageConfig EMPTY = new ImageConfig(
            "", Set.of(), List.of(), List.of(), List.of(), Set.of(), "", Map.of(), "", false, null, List.of(),
            List.of());

    public ImageConfig {
        user = Absent.text(user);
        exposedPorts = Absent.set(exposedPorts);
        env = Absent.list(env);
        entrypoint = Absent.list(entrypoint);
        cmd = Absent.list(cmd);
        volumes = Absent.set(volumes);
        workingDir = Absent.text(workingDir);
        labels = Absent.texts(labels);
        stopSignal = Absent.text(stopSignal);
        onBuild = Absent.list(onBuild);
        shell = Absent.list(shell);
    }
}
