package dev.gantry.cli;

import dev.gantry.cli.option.Mixin;
import dev.gantry.cli.option.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options that describe a container, for run and create. */
final class ContainerOptions {

    @Option(
            names = {"-i", "--interactive"},
            description = "Keep STDIN open even if not attached")
    boolean interactive;

    @Option(
            names = {"-t", "--tty"},
            description = "Allocate a pseudo-TTY")
    boolean tty;

    @Option(
            names = {"-a", "--attach"},
            description = "Attach to STDIN, STDOUT or STDERR")
    @Nullable
    List<String> attach;

    @Option(names = "--name", description = "Assign a name to the container")
    String name = "";

    @Option(names = "--rm", description = "Automatically remove the container when it exits")
    boolean remove;

    @Option(
            names = {"-e", "--env"},
            description = "Set environment variables")
    @Nullable
    List<String> env;

    @Option(names = "--env-file", description = "Read in a file of environment variables")
    @Nullable
    List<String> envFile;

    @Option(
            names = {"-l", "--label"},
            description = "Set meta data on a container")
    @Nullable
    List<String> label;

    @Option(names = "--label-file", description = "Read in a line delimited file of labels")
    @Nullable
    List<String> labelFile;

    @Option(names = "--annotation", description = "Add an annotation to the container")
    @Nullable
    List<String> annotation;

    @Option(
            names = {"-v", "--volume"},
            description = "Bind mount a volume")
    @Nullable
    List<String> volume;

    @Option(names = "--mount", description = "Attach a filesystem mount to the container")
    @Nullable
    List<String> mount;

    @Option(names = "--tmpfs", description = "Mount a tmpfs directory")
    @Nullable
    List<String> tmpfs;

    @Option(names = "--volumes-from", description = "Mount volumes from the specified container(s)")
    @Nullable
    List<String> volumesFrom;

    @Option(
            names = {"-p", "--publish"},
            description = "Publish a container's port(s) to the host")
    @Nullable
    List<String> publish;

    @Option(
            names = {"-P", "--publish-all"},
            description = "Publish all exposed ports to random ports")
    boolean publishAll;

    @Option(names = "--expose", description = "Expose a port or a range of ports")
    @Nullable
    List<String> expose;

    @Option(
            names = {"-w", "--workdir"},
            description = "Working directory inside the container")
    String workdir = "";

    @Option(
            names = {"-u", "--user"},
            description = "Username or UID (format: <name|uid>[:<group|gid>])")
    String user = "";

    @Option(names = "--group-add", description = "Add additional groups to join")
    @Nullable
    List<String> groupAdd;

    @Option(names = "--entrypoint", description = "Overwrite the default ENTRYPOINT of the image")
    @Nullable
    String entrypoint;

    @Option(
            names = {"-h", "--hostname"},
            description = "Container host name")
    String hostname = "";

    @Option(names = "--domainname", description = "Container NIS domain name")
    String domainname = "";

    @Option(
            names = {"--network", "--net"},
            description = "Connect a container to a network")
    @Nullable
    List<String> network;

    @Option(
            names = {"--network-alias", "--net-alias"},
            description = "Add network-scoped alias for the container")
    @Nullable
    List<String> networkAlias;

    @Option(names = "--ip", description = "IPv4 address (e.g., 172.30.100.104)")
    String ip = "";

    @Option(names = "--ip6", description = "IPv6 address (e.g., 2001:db8::33)")
    String ip6 = "";

    @Option(names = "--mac-address", description = "Container MAC address (e.g., 92:d0:c6:0a:29:33)")
    String macAddress = "";

    @Option(names = "--link", description = "Add link to another container")
    @Nullable
    List<String> link;

    @Option(names = "--add-host", description = "Add a custom host-to-IP mapping (host:ip)")
    @Nullable
    List<String> addHost;

    @Option(names = "--dns", description = "Set custom DNS servers")
    @Nullable
    List<String> dns;

    @Option(
            names = {"--dns-option", "--dns-opt"},
            description = "Set DNS options")
    @Nullable
    List<String> dnsOption;

    @Option(names = "--dns-search", description = "Set custom DNS search domains")
    @Nullable
    List<String> dnsSearch;

    @Option(
            names = {"-m", "--memory"},
            description = "Memory limit")
    String memory = "";

    @Option(names = "--memory-reservation", description = "Memory soft limit")
    String memoryReservation = "";

    @Option(
            names = "--memory-swap",
            description = "Swap limit equal to memory plus swap: '-1' to enable unlimited swap")
    String memorySwap = "";

    @Option(names = "--memory-swappiness", description = "Tune container memory swappiness (0 to 100)")
    @Nullable
    Long memorySwappiness;

    @Option(names = "--oom-kill-disable", description = "Disable OOM Killer")
    boolean oomKillDisable;

    @Option(names = "--oom-score-adj", description = "Tune host's OOM preferences (-1000 to 1000)")
    int oomScoreAdj;

    @Option(names = "--shm-size", description = "Size of /dev/shm")
    String shmSize = "";

    @Option(names = "--cpus", description = "Number of CPUs")
    String cpus = "";

    @Option(
            names = {"-c", "--cpu-shares"},
            description = "CPU shares (relative weight)")
    long cpuShares;

    @Option(names = "--cpu-period", description = "Limit CPU CFS (Completely Fair Scheduler) period")
    long cpuPeriod;

    @Option(names = "--cpu-quota", description = "Limit CPU CFS (Completely Fair Scheduler) quota")
    long cpuQuota;

    @Option(names = "--cpuset-cpus", description = "CPUs in which to allow execution (0-3, 0,1)")
    String cpusetCpus = "";

    @Option(names = "--cpuset-mems", description = "MEMs in which to allow execution (0-3, 0,1)")
    String cpusetMems = "";

    @Option(names = "--pids-limit", description = "Tune container pids limit (set -1 for unlimited)")
    @Nullable
    Long pidsLimit;

    @Option(names = "--ulimit", description = "Ulimit options")
    @Nullable
    List<String> ulimit;

    @Mixin
    final DeviceOptions devices = new DeviceOptions();

    @Option(names = "--cpu-rt-period", description = "Limit CPU real-time period in microseconds")
    long cpuRtPeriod;

    @Option(names = "--cpu-rt-runtime", description = "Limit CPU real-time runtime in microseconds")
    long cpuRtRuntime;

    @Option(names = "--cpu-count", description = "CPU count (Windows only)")
    long cpuCount;

    @Option(names = "--cpu-percent", description = "CPU percent (Windows only)")
    long cpuPercent;

    @Option(names = "--kernel-memory", description = "Kernel memory limit (no longer enforced)")
    String kernelMemory = "";

    @Option(names = "--isolation", description = "Container isolation technology")
    String isolation = "";

    @Option(names = "--volume-driver", description = "Optional volume driver for the container")
    String volumeDriver = "";

    @Option(names = "--link-local-ip", description = "Container IPv4/IPv6 link-local addresses")
    @Nullable
    List<String> linkLocalIp;

    @Option(names = "--disable-content-trust", description = "Skip image verification (no longer done)")
    boolean disableContentTrust;

    @Option(names = "--cap-add", description = "Add Linux capabilities")
    @Nullable
    List<String> capAdd;

    @Option(names = "--cap-drop", description = "Drop Linux capabilities")
    @Nullable
    List<String> capDrop;

    @Option(names = "--privileged", description = "Give extended privileges to this container")
    boolean privileged;

    @Option(names = "--security-opt", description = "Security Options")
    @Nullable
    List<String> securityOpt;

    @Option(names = "--sysctl", description = "Sysctl options")
    @Nullable
    List<String> sysctl;

    @Option(names = "--storage-opt", description = "Storage driver options for the container")
    @Nullable
    List<String> storageOpt;

    @Option(names = "--read-only", description = "Mount the container's root filesystem as read only")
    boolean readOnly;

    @Option(names = "--init", description = "Run an init inside the container")
    @Nullable
    Boolean init;

    @Option(names = "--ipc", description = "IPC mode to use")
    String ipc = "";

    @Option(names = "--pid", description = "PID namespace to use")
    String pid = "";

    @Option(names = "--uts", description = "UTS namespace to use")
    String uts = "";

    @Option(names = "--userns", description = "User namespace to use")
    String userns = "";

    @Option(names = "--cgroupns", description = "Cgroup namespace to use (host|private)")
    String cgroupns = "";

    @Option(names = "--cgroup-parent", description = "Optional parent cgroup for the container")
    String cgroupParent = "";

    @Option(names = "--runtime", description = "Runtime to use for this container")
    String runtime = "";

    @Option(names = "--restart", description = "Restart policy to apply when a container exits")
    String restart = "no";

    @Option(names = "--stop-signal", description = "Signal to stop the container")
    String stopSignal = "";

    @Option(names = "--stop-timeout", description = "Timeout (in seconds) to stop a container")
    @Nullable
    Integer stopTimeout;

    @Option(names = "--log-driver", description = "Logging driver for the container")
    String logDriver = "";

    @Option(names = "--log-opt", description = "Log driver options")
    @Nullable
    List<String> logOpt;

    @Option(names = "--health-cmd", description = "Command to run to check health")
    String healthCmd = "";

    @Option(names = "--health-http", description = "Page to ask for to check health (http://[host]:port/path)")
    String healthHttp = "";

    @Option(names = "--health-tcp", description = "Port to connect to to check health (tcp://[host]:port)")
    String healthTcp = "";

    @Option(names = "--health-grpc", description = "gRPC server to check health of (grpc://[host]:port[/service])")
    String healthGrpc = "";

    @Option(
            names = "--health-on-failure",
            description = "What to do when the container is unhealthy (none|kill|restart|stop)")
    String healthOnFailure = "";

    @Option(names = "--health-interval", description = "Time between running the check (ms|s|m|h)")
    String healthInterval = "";

    @Option(names = "--health-timeout", description = "Maximum time to allow one check to run (ms|s|m|h)")
    String healthTimeout = "";

    @Option(names = "--health-start-period", description = "Start period before health retries count (ms|s|m|h)")
    String healthStartPeriod = "";

    @Option(names = "--health-start-interval", description = "Time between checks in the start period (ms|s|m|h)")
    String healthStartInterval = "";

    @Option(names = "--health-retries", description = "Consecutive failures needed to report unhealthy")
    int healthRetries;

    @Option(names = "--no-healthcheck", description = "Disable any container-specified HEALTHCHECK")
    boolean noHealthcheck;

    @Option(names = "--cidfile", description = "Write the container ID to the file")
    String cidFile = "";

    @Option(names = "--platform", description = "Set platform if server is multi-platform capable")
    String platform = "";

    @Option(names = "--pull", description = "Pull image before creating (always|missing|never)")
    String pull = "missing";

    @Option(
            names = {"-q", "--quiet"},
            description = "Suppress the pull output")
    boolean quiet;
}
