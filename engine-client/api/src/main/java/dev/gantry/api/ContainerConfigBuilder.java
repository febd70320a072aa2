package dev.gantry.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ContainerConfig}; what is not set is absent. Not thread-safe.
 */
public final class ContainerConfigBuilder {
    private String hostname = "";
    private String domainname = "";
    private String user = "";
    private boolean attachStdin;
    private boolean attachStdout;
    private boolean attachStderr;
    private Set<String> exposedPorts = Set.of();
    private boolean tty;
    private boolean openStdin;
    private boolean stdinOnce;
    private List<String> env = List.of();
    private @Nullable List<String> cmd;
    private @Nullable HealthConfig healthcheck;
    private boolean argsEscaped;
    private String image = "";
    private Set<String> volumes = Set.of();
    private String workingDir = "";
    private @Nullable List<String> entrypoint;
    private boolean networkDisabled;
    private String macAddress = "";
    private List<String> onBuild = List.of();
    private Map<String, String> labels = Map.of();
    private String stopSignal = "";
    private @Nullable Integer stopTimeout;
    private List<String> shell = List.of();

    ContainerConfigBuilder() {}

    ContainerConfigBuilder(ContainerConfig from) {
        this.hostname = from.hostname();
        this.domainname = from.domainname();
        this.user = from.user();
        this.attachStdin = from.attachStdin();
        this.attachStdout = from.attachStdout();
        this.attachStderr = from.attachStderr();
        this.exposedPorts = from.exposedPorts();
        this.tty = from.tty();
        this.openStdin = from.openStdin();
        this.stdinOnce = from.stdinOnce();
        this.env = from.env();
        this.cmd = from.cmd();
        this.healthcheck = from.healthcheck();
        this.argsEscaped = from.argsEscaped();
        this.image = from.image();
        this.volumes = from.volumes();
        this.workingDir = from.workingDir();
        this.entrypoint = from.entrypoint();
        this.networkDisabled = from.networkDisabled();
        this.macAddress = from.macAddress();
        this.onBuild = from.onBuild();
        this.labels = from.labels();
        this.stopSignal = from.stopSignal();
        this.stopTimeout = from.stopTimeout();
        this.shell = from.shell();
    }

    public ContainerConfigBuilder hostname(String value) {
        this.hostname = value;
        return this;
    }

    public ContainerConfigBuilder domainname(String value) {
        this.domainname = value;
        return this;
    }

    public ContainerConfigBuilder user(String value) {
        this.user = value;
        return this;
    }

    public ContainerConfigBuilder attachStdin(boolean value) {
        this.attachStdin = value;
        return this;
    }

    public ContainerConfigBuilder attachStdout(boolean value) {
        this.attachStdout = value;
        return this;
    }

    public ContainerConfigBuilder attachStderr(boolean value) {
        this.attachStderr = value;
        return this;
    }

    public ContainerConfigBuilder exposedPorts(Set<String> value) {
        this.exposedPorts = value;
        return this;
    }

    public ContainerConfigBuilder tty(boolean value) {
        this.tty = value;
        return this;
    }

    public ContainerConfigBuilder openStdin(boolean value) {
        this.openStdin = value;
        return this;
    }

    public ContainerConfigBuilder stdinOnce(boolean value) {
        this.stdinOnce = value;
        return this;
    }

    public ContainerConfigBuilder env(List<String> value) {
        this.env = value;
        return this;
    }

    public ContainerConfigBuilder cmd(@Nullable List<String> value) {
        this.cmd = value;
        return this;
    }

    public ContainerConfigBuilder healthcheck(@Nullable HealthConfig value) {
        this.healthcheck = value;
        return this;
    }

    public ContainerConfigBuilder argsEscaped(boolean value) {
        this.argsEscaped = value;
        return this;
    }

    public ContainerConfigBuilder image(String value) {
        this.image = value;
        return this;
    }

    public ContainerConfigBuilder volumes(Set<String> value) {
        this.volumes = value;
        return this;
    }

    public ContainerConfigBuilder workingDir(String value) {
        this.workingDir = value;
        return this;
    }

    public ContainerConfigBuilder entrypoint(@Nullable List<String> value) {
        this.entrypoint = value;
        return this;
    }

    public ContainerConfigBuilder networkDisabled(boolean value) {
        this.networkDisabled = value;
        return this;
    }

    public ContainerConfigBuilder macAddress(String value) {
        this.macAddress = value;
        return this;
    }

    public ContainerConfigBuilder onBuild(List<String> value) {
        this.onBuild = value;
        return this;
    }

    public ContainerConfigBuilder labels(Map<String, String> value) {
        this.labels = value;
        return this;
    }

    public ContainerConfigBuilder stopSignal(String value) {
        this.stopSignal = value;
        return this;
    }

    public ContainerConfigBuilder stopTimeout(@Nullable Integer value) {
        this.stopTimeout = value;
        return this;
    }

    public ContainerConfigBuilder shell(List<String> value) {
        this.shell = value;
        return this;
    }

    public ContainerConfig build() {
        return new ContainerConfig(
                hostname,
                domainname,
                user,
                attachStdin,
                attachStdout,
                attachStderr,
                exposedPorts,
                tty,
                openStdin,
                stdinOnce,
                env,
                cmd,
                healthcheck,
                argsEscaped,
                image,
                volumes,
                workingDir,
                entrypoint,
                networkDisabled,
                macAddress,
                onBuild,
                labels,
                stopSignal,
                stopTimeout,
                shell);
    }
}
