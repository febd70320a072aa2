package dev.gantry.daemon.service.container;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** Something to be mounted in a container, as asked for. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MountRequest.Bind.class, name = "bind"),
    @JsonSubTypes.Type(value = MountRequest.Volume.class, name = "volume"),
    @JsonSubTypes.Type(value = MountRequest.Tmpfs.class, name = "tmpfs")
})
public sealed interface MountRequest {

    /** Absolute path in the container. */
    String destination();

    /** Whether the container cannot write to it. */
    boolean readOnly();

    /**
     * A path of the host.
     *
     * @param source on the host, absolute
     * @param destination in the container
     * @param readOnly whether it cannot be written to
     * @param propagation {@code rprivate}, {@code rshared}, …
     * @param recursive whether mounts below the source come along
     * @param createSource whether a missing source is made, as a directory
     * @param mode the options as the user wrote them, for display
     */
    record Bind(
            String source,
            String destination,
            boolean readOnly,
            String propagation,
            boolean recursive,
            boolean createSource,
            String mode)
            implements MountRequest {}

    /**
     * A volume.
     *
     * @param name absent for an anonymous one
     * @param destination in the container
     * @param readOnly whether it cannot be written to
     * @param copyUp whether an empty volume takes the image's content at the destination
     * @param labels for a volume that is made
     * @param options for a volume that is made
     * @param mode the options as the user wrote them, for display
     */
    record Volume(
            Optional<String> name,
            String destination,
            boolean readOnly,
            boolean copyUp,
            java.util.Map<String, String> labels,
            java.util.Map<String, String> options,
            String mode)
            implements MountRequest {}

    /**
     * Memory.
     *
     * @param destination in the container
     * @param options of the file system, as {@code size=64m}
     */
    record Tmpfs(String destination, List<String> options) implements MountRequest {
        @Override
        public boolean readOnly() {
            return options.contains("ro");
        }
    }
}
