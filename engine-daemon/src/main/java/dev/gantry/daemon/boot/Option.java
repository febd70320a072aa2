package dev.gantry.daemon.boot;

import java.util.Arrays;
import java.util.Optional;

/** The options of the daemon: dockerd's names on the command line and in its configuration file. */
enum Option {
    HOST("host", "hosts", true, "Socket to listen on: unix:///path or fd://"),
    DATA_ROOT("data-root", "data-root", false, "Where images, containers and volumes are kept"),
    EXEC_ROOT("exec-root", "exec-root", false, "Where the state of what runs is kept"),
    PIDFILE("pidfile", "pidfile", false, "Where the daemon writes its process id"),
    GROUP("group", "group", false, "Group that may use the socket"),
    BRIDGE("bridge", "bridge", false, "Name of the default bridge, or none"),
    BIP("bip", "bip", false, "Address and prefix of the default bridge"),
    ADDRESS_POOL(
            "default-address-pool", "default-address-pools", true, "Pool for new networks: base=<subnet>,size=<bits>"),
    INSECURE_REGISTRY("insecure-registry", "insecure-registries", true, "Registry to be reached without TLS"),
    REGISTRY_MIRROR("registry-mirror", "registry-mirrors", true, "Mirror to be asked before the registry"),
    DEFAULT_RUNTIME("default-runtime", "default-runtime", false, "OCI runtime of containers that name none"),
    RUNTIME("add-runtime", "runtimes", true, "Further OCI runtime: name=path"),
    INIT_PATH("init-path", "init-path", false, "Init binary of containers that ask for one"),
    CDI_SPEC_DIR("cdi-spec-dir", "cdi-spec-dirs", true, "Directory with descriptions of devices"),
    EXEC_OPT("exec-opt", "exec-opts", true, "native.cgroupdriver=cgroupfs or systemd"),
    LOG_DRIVER("log-driver", "log-driver", false, "Log driver of containers that name none"),
    LOG_OPT("log-opt", "log-opts", true, "Option of that driver: name=value"),
    LOG_LEVEL("log-level", "log-level", false, "debug, info, warn, error or fatal"),
    LABEL("label", "labels", true, "Label of the daemon: key=value"),
    DEBUG("debug", "debug", false, "Log what is going on inside"),
    LIVE_RESTORE("live-restore", "live-restore", false, "Containers outlive the daemon; always so");

    private final String flag;
    private final String key;
    private final boolean repeatable;
    private final String help;

    Option(String flag, String key, boolean repeatable, String help) {
        this.flag = flag;
        this.key = key;
        this.repeatable = repeatable;
        this.help = help;
    }

    String flag() {
        return flag;
    }

    String key() {
        return key;
    }

    boolean isRepeatable() {
        return repeatable;
    }

    /** Whether it stands alone on the command line. */
    boolean isSwitch() {
        return this == DEBUG || this == LIVE_RESTORE;
    }

    String help() {
        return help;
    }

    static Optional<Option> ofFlag(String name) {
        return Arrays.stream(values())
                .filter(option -> option.flag.equals(name))
                .findFirst();
    }

    static Optional<Option> ofKey(String name) {
        return Arrays.stream(values()).filter(option -> option.key.equals(name)).findFirst();
    }
}
