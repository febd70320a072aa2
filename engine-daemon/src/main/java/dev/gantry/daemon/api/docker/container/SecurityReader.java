package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.HostConfig;
import dev.gantry.daemon.service.container.HostSettings.Security;
import dev.gantry.daemon.type.EngineException;
import java.util.Optional;

/** Reads what the processes of a container are allowed, with docker's rules and texts. */
final class SecurityReader {

    private boolean noNewPrivileges;
    private String seccomp = "";
    private String appArmor = "";

    private SecurityReader() {}

    static Security read(HostConfig host) {
        SecurityReader reader = new SecurityReader();
        host.securityOpt().forEach(reader::option);
        return new Security(
                host.privileged(),
                host.capAdd(),
                host.capDrop(),
                host.groupAdd(),
                reader.noNewPrivileges,
                reader.seccomp,
                Optional.ofNullable(host.maskedPaths()),
                Optional.ofNullable(host.readonlyPaths()),
                reader.appArmor);
    }

    private void option(String option) {
        if (option.equals("no-new-privileges")) {
            noNewPrivileges = true;
            return;
        }
        if (option.equals("disable")) {
            // compat: the oldest way to turn SELinux labels off
            return;
        }
        String[] parts = option.split(option.contains("=") ? "=" : ":", 2);
        if (parts.length < 2) {
            // compat: docker's text
            throw EngineException.invalid("invalid --security-opt 1: \"" + option + "\"");
        }
        switch (parts[0]) {
            case "no-new-privileges" -> noNewPrivileges = bool(parts[1], option);
            case "seccomp" -> seccomp = parts[1];
            case "apparmor" -> appArmor = parts[1];
            case "label" -> {
                // without SELinux dockerd takes labels and sets none; so does this engine, which never sets any
            }
            default -> throw invalid(option);
        }
    }

    private static boolean bool(String text, String option) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw invalid(option);
        };
    }

    // compat: docker's text
    private static EngineException invalid(String option) {
        return EngineException.invalid("invalid --security-opt 2: \"" + option + "\"");
    }
}
