package dev.gantry.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ContainerInspect}; what is not set is absent. Not thread-safe.
 */
public final class ContainerInspectBuilder {
    private String id = "";
    private String created = "";
    private String path = "";
    private List<String> args = List.of();
    private ContainerState state = ContainerState.EMPTY;
    private String image = "";
    private String resolvConfPath = "";
    private String hostnamePath = "";
    private String hostsPath = "";
    private String logPath = "";
    private String name = "";
    private int restartCount;
    private String driver = "";
    private String platform = "";
    private @Nullable Descriptor imageManifestDescriptor;
    private String mountLabel = "";
    private String processLabel = "";
    private String appArmorProfile = "";
    private List<String> execIds = List.of();
    private HostConfig hostConfig = HostConfig.EMPTY;
    private GraphDriver graphDriver = GraphDriver.EMPTY;
    private @Nullable Long sizeRw;
    private @Nullable Long sizeRootFs;
    private List<MountPoint> mounts = List.of();
    private ContainerConfig config = ContainerConfig.EMPTY;
    private NetworkSettings networkSettings = NetworkSettings.EMPTY;

    ContainerInspectBuilder() {}

    ContainerInspectBuilder(ContainerInspect from) {
        this.id = from.id();
        this.created = from.created();
        this.path = from.path();
        this.args = from.args();
        this.state = from.state();
        this.image = from.image();
        this.resolvConfPath = from.resolvConfPath();
        this.hostnamePath = from.hostnamePath();
        this.hostsPath = from.hostsPath();
        this.logPath = from.logPath();
        this.name = from.name();
        this.restartCount = from.restartCount();
        this.driver = from.driver();
        this.platform = from.platform();
        this.imageManifestDescriptor = from.imageManifestDescriptor();
        this.mountLabel = from.mountLabel();
        this.processLabel = from.processLabel();
        this.appArmorProfile = from.appArmorProfile();
        this.execIds = from.execIds();
        this.hostConfig = from.hostConfig();
        this.graphDriver = from.graphDriver();
        this.sizeRw = from.sizeRw();
        this.sizeRootFs = from.sizeRootFs();
        this.mounts = from.mounts();
        this.config = from.config();
        this.networkSettings = from.networkSettings();
    }

    public ContainerInspectBuilder id(String value) {
        this.id = value;
        return this;
    }

    public ContainerInspectBuilder created(String value) {
        this.created = value;
        return this;
    }

    public ContainerInspectBuilder path(String value) {
        this.path = value;
        return this;
    }

    public ContainerInspectBuilder args(List<String> value) {
        this.args = value;
        return this;
    }

    public ContainerInspectBuilder state(ContainerState value) {
        this.state = value;
        return this;
    }

    public ContainerInspectBuilder image(String value) {
        this.image = value;
        return this;
    }

    public ContainerInspectBuilder resolvConfPath(String value) {
        this.resolvConfPath = value;
        return this;
    }

    public ContainerInspectBuilder hostnamePath(String value) {
        this.hostnamePath = value;
        return this;
    }

    public ContainerInspectBuilder hostsPath(String value) {
        this.hostsPath = value;
        return this;
    }

    public ContainerInspectBuilder logPath(String value) {
        this.logPath = value;
        return this;
    }

    public ContainerInspectBuilder name(String value) {
        this.name = value;
        return this;
    }

    public ContainerInspectBuilder restartCount(int value) {
        this.restartCount = value;
        return this;
    }

    public ContainerInspectBuilder driver(String value) {
        this.driver = value;
        return this;
    }

    public ContainerInspectBuilder platform(String value) {
        this.platform = value;
        return this;
    }

    public ContainerInspectBuilder imageManifestDescriptor(@Nullable Descriptor value) {
        this.imageManifestDescriptor = value;
        return this;
    }

    public ContainerInspectBuilder mountLabel(String value) {
        this.mountLabel = value;
        return this;
    }

    public ContainerInspectBuilder processLabel(String value) {
        this.processLabel = value;
        return this;
    }

    public ContainerInspectBuilder appArmorProfile(String value) {
        this.appArmorProfile = value;
        return this;
    }

    public ContainerInspectBuilder execIds(List<String> value) {
        this.execIds = value;
        return this;
    }

    public ContainerInspectBuilder hostConfig(HostConfig value) {
        this.hostConfig = value;
        return this;
    }

    public ContainerInspectBuilder graphDriver(GraphDriver value) {
        this.graphDriver = value;
        return this;
    }

    public ContainerInspectBuilder sizeRw(@Nullable Long value) {
        this.sizeRw = value;
        return this;
    }

    public ContainerInspectBuilder sizeRootFs(@Nullable Long value) {
        this.sizeRootFs = value;
        return this;
    }

    public ContainerInspectBuilder mounts(List<MountPoint> value) {
        this.mounts = value;
        return this;
    }

    public ContainerInspectBuilder config(ContainerConfig value) {
        this.config = value;
        return this;
    }

    public ContainerInspectBuilder networkSettings(NetworkSettings value) {
        this.networkSettings = value;
        return this;
    }

    public ContainerInspect build() {
        return new ContainerInspect(
                id,
                created,
                path,
                args,
                state,
                image,
                resolvConfPath,
                hostnamePath,
                hostsPath,
                logPath,
                name,
                restartCount,
                driver,
                platform,
                imageManifestDescriptor,
                mountLabel,
                processLabel,
                appArmorProfile,
                execIds,
                hostConfig,
                graphDriver,
                sizeRw,
                sizeRootFs,
                mounts,
                config,
                networkSettings);
    }
}
