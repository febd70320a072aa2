package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * The portable part of a container: what it runs, as whom and with which streams.
 * For entrypoint and command null inherits from the image and an empty list clears.
 *
 * @param exposedPorts {@code 80/tcp}
 * @param env {@code NAME=value}
 * @param volumes paths of anonymous volumes
 * @param stopTimeout seconds
 */
public record ContainerConfig(
        String hostname,
        String domainname,
        String user,
        boolean attachStdin,
        boolean attachStdout,
        boolean attachStderr,

        @OmitEmpty @JsonSerialize(using = KeySetSerializer.class) @JsonDeserialize(using = KeySetDeserializer.class)
        Set<String> exposedPorts,

        boolean tty,
        boolean openStdin,
        boolean stdinOnce,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> env,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable
        List<String> cmd,

        @OmitNull @Nullable HealthConfig healthcheck,
        @OmitEmpty boolean argsEscaped,
        String image,

        @JsonSerialize(using = KeySetSerializer.NullIfEmpty.class) @JsonDeserialize(using = KeySetDeserializer.class)
        Set<String> volumes,

        String workingDir,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable
        List<String> entrypoint,

        @OmitEmpty boolean networkDisabled,
        @OmitEmpty String macAddress,
        @JsonSerialize(using = NullIfEmptySerializer.class) List<String> onBuild,
        Map<String, String> labels,
        @OmitEmpty String stopSignal,
        @OmitNull @Nullable Integer stopTimeout,

        @OmitEmpty @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> shell) {

    /** All values absent. */
    public static final ContainerConfig EMPTY = new ContainerConfig(
            "", "", "", false, false, false, Set.of(), false, false, false, List.of(), null, null, false, "", Set.of(),
            "", null, false, "", List.of(), Map.of(), "", null, List.of());

    public ContainerConfig {
        hostname = Absent.text(hostname);
        domainname = Absent.text(domainname);
        user = Absent.text(user);
        exposedPorts = Absent.set(exposedPorts);
        env = Absent.list(env);
        cmd = cmd == null ? null : Absent.list(cmd);
        image = Absent.text(image);
        volumes = Absent.set(volumes);
        workingDir = Absent.text(workingDir);
        entrypoint = entrypoint == null ? null : Absent.list(entrypoint);
        macAddress = Absent.text(macAddress);
        onBuild = Absent.list(onBuild);
        labels = Absent.texts(labels);
        stopSignal = Absent.text(stopSignal);
        shell = Absent.list(shell);
    }

    /** Start with everything absent. */
    public static ContainerConfigBuilder builder() {
        return new ContainerConfigBuilder();
    }

    /** Start with the values of this one. */
    public ContainerConfigBuilder toBuilder() {
        return new ContainerConfigBuilder(this);
    }
}
