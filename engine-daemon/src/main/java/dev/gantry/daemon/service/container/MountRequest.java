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
    @JsonSubTypes.Type(value = MountRequest.Tmpfs.class, name = "tmpfs"),
    @JsonSubTypes.Type(value = MountRequest.Image.class, name = "image")
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
     * @param scope how far read-only reaches
     * @param mode the options as the user wrote them, for display
     */
    record Bind(
            String source,
            String destination,
            boolean readOnly,
            String propagation,
            boolean recursive,
            boolean createSource,
            ReadOnlyScope scope,
            String mode)
            implements MountRequest {

        /** Records of older daemons do not say how far read-only reaches: they meant the mount alone. */
        public Bind {
            scope = scope == null ? ReadOnlyScope.MOUNT_ALONE : scope;
        }
    }

    /** Which mounts of a bind mount cannot be written to where it is read-only. */
    enum ReadOnlyScope {
        /** The one at the source; those below it stay as they are. */
        MOUNT_ALONE,
        /** Those below it too, where the kernel can do that. */
        WHOLE_IF_POSSIBLE,
        /** Those below it too. */
        WHOLE
    }

    /**
     * A volume.
     *
     * @param name absent for an anonymous one
     * @param destination in the container
     * @param readOnly whether it cannot be written to
     * @param copyUp whether an empty volume takes the image's content at the destination
     * @param labels for a volume that is made
     * @param options for a volume that is made
     * @param subpath a directory or file in the volume that is mounted in its stead; empty: the volume
     * @param mode the options as the user wrote them, for display
     */
    record Volume(
            Optional<String> name,
            String destination,
            boolean readOnly,
            boolean copyUp,
            java.util.Map<String, String> labels,
            java.util.Map<String, String> options,
            String subpath,
            String mode)
            implements MountRequest {

        public Volume {
            subpath = subpath == null ? "" : subpath;
        }
    }

    /**
     * The files of an image.
     *
     * @param reference the image
     * @param destination in the container
     * @param subpath a directory or file in the image that is mounted in its stead; empty: the whole image
     */
    record Image(String reference, String destination, String subpath) implements MountRequest {

        public Image {
            subpath = subpath == null ? "" : subpath;
        }

        @Override
        public boolean readOnly() {
            return true;
        }
    }

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
