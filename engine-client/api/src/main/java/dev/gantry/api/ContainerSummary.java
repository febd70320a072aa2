package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One container of a list.
 *
 * @param names each with a leading slash
 * @param created seconds since the epoch
 */
public record ContainerSummary(
        String id,
        List<String> names,
        String image,
        @JsonProperty("ImageID") String imageId,
        @OmitNull @Nullable Descriptor imageManifestDescriptor,
        String command,
        long created,
        List<Port> ports,
        @OmitNull @Nullable Long sizeRw,
        @OmitNull @Nullable Long sizeRootFs,
        Map<String, String> labels,
        String state,
        String status,
        HostConfigSummary hostConfig,
        NetworkSettingsSummary networkSettings,
        List<MountPoint> mounts) {

    public ContainerSummary {
        id = Absent.text(id);
        names = Absent.list(names);
        image = Absent.text(image);
        imageId = Absent.text(imageId);
        command = Absent.text(command);
        ports = Absent.list(ports);
        labels = Absent.texts(labels);
        state = Absent.text(state);
        status = Absent.text(status);
        mounts = Absent.list(mounts);
        hostConfig = hostConfig == null ? HostConfigSummary.EMPTY : hostConfig;
        networkSettings = networkSettings == null ? NetworkSettingsSummary.EMPTY : networkSettings;
    }
}
