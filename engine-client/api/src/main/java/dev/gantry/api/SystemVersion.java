package dev.gantry.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The versions of the engine and its parts.
 */
public record SystemVersion(
        PlatformName platform,
        List<ComponentVersion> components,
        String version,
        String apiVersion,
        @JsonProperty("MinAPIVersion") String minApiVersion,
        String gitCommit,
        String goVersion,
        String os,
        String arch,
        String kernelVersion,
        @OmitEmpty boolean experimental,
        @OmitEmpty String buildTime) {

    public SystemVersion {
        components = Absent.list(components);
        version = Absent.text(version);
        apiVersion = Absent.text(apiVersion);
        minApiVersion = Absent.text(minApiVersion);
        gitCommit = Absent.text(gitCommit);
        goVersion = Absent.text(goVersion);
        os = Absent.text(os);
        arch = Absent.text(arch);
        kernelVersion = Absent.text(kernelVersion);
        buildTime = Absent.text(buildTime);
        platform = platform == null ? PlatformName.EMPTY : platform;
    }
}
