package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * Everything about one container.
 *
 * @param image id of the image; {@link ContainerConfig#image} is the name as given
 * @param name with a leading slash
 */
public record ContainerInspect(
        String id,
        String created,
        String path,
        List<String> args,
        ContainerState state,
        String image,
        String resolvConfPath,
        String hostnamePath,
        String hostsPath,
        String logPath,
        String name,
        int restartCount,
        String driver,
        String platform,
        @OmitNull @Nullable Descriptor imageManifestDescriptor,
        String mountLabel,
        String processLabel,
        String appArmorProfile,

        @JsonProperty("ExecIDs") @JsonSerialize(using = NullIfEmptySerializer.class)
        List<String> execIds,

        HostConfig hostConfig,
        GraphDriver graphDriver,
        @OmitNull @Nullable Long sizeRw,
        @OmitNull @Nullable Long sizeRootFs,
        List<MountPoint> mounts,
        ContainerConfig config,
        NetworkSettings networkSettings) {

    public ContainerInspect {
        id = Absent.text(id);
        created = Absent.text(created);
        path = Absent.text(path);
        args = Absent.list(args);
        image = Absent.text(image);
        resolvConfPath = Absent.text(resolvConfPath);
        hostnamePath = Absent.text(hostnamePath);
        hostsPath = Absent.text(hostsPath);
        logPath = Absent.text(logPath);
        name = Absent.text(name);
        driver = Absent.text(driver);
        platform = Absent.text(platform);
        mountLabel = Absent.text(mountLabel);
        processLabel = Absent.text(processLabel);
        appArmorProfile = Absent.text(appArmorProfile);
        execIds = Absent.list(execIds);
        mounts = Absent.list(mounts);
        state = state == null ? ContainerState.EMPTY : state;
        hostConfig = hostConfig == null ? HostConfig.EMPTY : hostConfig;
        graphDriver = graphDriver == null ? GraphDriver.EMPTY : graphDriver;
        config = config == null ? ContainerConfig.EMPTY : config;
        networkSettings = networkSettings == null ? NetworkSettings.EMPTY : networkSettings;
    }

    /** Start with everything absent. */
    public static ContainerInspectBuilder builder() {
        return new ContainerInspectBuilder();
    }

    /** Start with the values of this one. */
    public ContainerInspectBuilder toBuilder() {
        return new ContainerInspectBuilder(this);
    }
}
