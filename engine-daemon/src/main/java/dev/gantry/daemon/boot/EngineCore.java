package dev.gantry.daemon.boot;

import dev.gantry.daemon.linux.process.ExitWatcher;
import dev.gantry.daemon.network.AddressPool;
import dev.gantry.daemon.network.BridgeConfiguration;
import dev.gantry.daemon.network.BridgeController;
import dev.gantry.daemon.network.Subnet;
import dev.gantry.daemon.runtime.cgroup.CgroupDriver;
import dev.gantry.daemon.runtime.cgroup.CgroupLayout;
import dev.gantry.daemon.runtime.log.LogKeeper;
import dev.gantry.daemon.runtime.monitor.ExecAdoption;
import dev.gantry.daemon.service.container.ContainerAssembly;
import dev.gantry.daemon.service.container.ContainerDefaults;
import dev.gantry.daemon.service.container.ContainerDirectories;
import dev.gantry.daemon.service.container.ContainerLogs;
import dev.gantry.daemon.service.container.ContainerParts;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.container.ContainerService;
import dev.gantry.daemon.service.event.EventBus;
import dev.gantry.daemon.service.event.EventJournal;
import dev.gantry.daemon.service.exec.ExecRecords;
import dev.gantry.daemon.service.exec.ExecService;
import dev.gantry.daemon.service.exec.ProbeRun;
import dev.gantry.daemon.service.filesystem.FilesystemService;
import dev.gantry.daemon.service.image.ImageService;
import dev.gantry.daemon.service.image.ImageSettings;
import dev.gantry.daemon.service.schedule.TimerSchedule;
import dev.gantry.daemon.service.supervision.HealthSupervision;
import dev.gantry.daemon.service.volume.VolumeService;
import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.layer.LayerStore;
import dev.gantry.daemon.store.layer.UnpackLimits;
import dev.gantry.daemon.store.metadata.MetadataStore;
import dev.gantry.daemon.store.snapshot.SnapshotStore;
import dev.gantry.daemon.store.volume.VolumeStore;
import dev.gantry.registry.RegistryClient;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** The engine without its API: all services on all stores. Made when the roots are the daemon's own. */
final class EngineCore implements EngineLifecycle {

    private final ExecutorService executor = Executors.newCachedThreadPool(EngineCore::thread);
    private final TimerSchedule schedule = new TimerSchedule(executor);
    private final ExitWatcher watcher = ExitWatcher.start();
    private final EventJournal journal;
    private final ContainerLogs logs;
    private final ContainerDirectories directories;
    private final CgroupLayout cgroups;
    private final EngineRuntimes runtimes;
    private final BridgeController networks;
    private final LayerStore layers;
    private final SnapshotStore snapshots;
    private final RegistryClient registry;
    private final VolumeService volumes;
    private final ImageService images;
    private final ContainerAssembly containers;
    private final ExecService execs;
    private final HealthSupervision health;

    EngineCore(DaemonOptions options, EventBus events, Clock clock) {
        Path data = options.dataRoot();
        SecureRandom randomness = new SecureRandom();
        JsonMapper mapper = JsonMapper.builder().build();
        SnapshotStore.prepare(data);
        SnapshotStore.prepare(options.execRoot());
        directories = new ContainerDirectories(data, options.execRoot());
        journal = EventJournal.open(data.resolve("events"));
        events.keepIn(journal);
        logs = new ContainerLogs(directories, new LogKeeper(executor), options.logs());
        ContentStore content = ContentStore.open(data.resolve("content"), clock);
        layers = LayerStore.open(data.resolve("layers"), UnpackLimits.DEFAULT, mapper, executor);
        snapshots = SnapshotStore.open(data.resolve("snapshots"), layers, mapper, executor);
        volumes = new VolumeService(
                VolumeStore.open(data.resolve("volumes"), mapper, clock, executor), events, randomness, clock);
        // like the bridge and the table: a daemon of its own for each pair of roots
        cgroups = CgroupLayout.detect()
                .withParent("/"
                        + BridgeConfiguration.forRoots(data, options.execRoot()).table());
        runtimes = EngineRuntimes.find(options, cgroups, watcher, executor);
        networks = BridgeController.open(bridge(options));
        registry = registry(options);
        images = ImageService.open(
                ImageSettings.in(data.resolve("images")),
                content,
                layers,
                registry,
                events,
                new ContainersOfImages(this::containerRecords, snapshots::stacks),
                clock,
                executor);
        containers = new ContainerAssembly(new ContainerParts(
                MetadataStore.open(data.resolve("records"), ContainerRecord.class, mapper),
                directories,
                snapshots,
                volumes,
                networks,
                cgroups,
                runtimes.driver(),
                runtimes.runtimes(),
                new ContainerImages(images),
                events,
                logs,
                schedule,
                executor,
                randomness,
                clock,
                new ContainerDefaults(options.initPath(), options.cdiDirectories())));
        execs = new ExecService(
                containers.service(),
                ExecRecords.open(options.execRoot().resolve("execs"), mapper),
                new ExecAdoption(watcher, executor),
                randomness,
                clock);
        health = new HealthSupervision(containers.service(), new ProbeRun(execs, executor), schedule, executor, clock);
        containers.service().observe(health);
    }

    private static final AtomicInteger THREADS = new AtomicInteger();

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "engine-" + THREADS.incrementAndGet(), 512 * 1024);
        thread.setDaemon(true);
        return thread;
    }

    private List<ContainerRecord> containerRecords() {
        return containers.service().list();
    }

    private static BridgeConfiguration bridge(DaemonOptions options) {
        BridgeConfiguration bridge = BridgeConfiguration.forRoots(options.dataRoot(), options.execRoot());
        if (options.bridge().isPresent()) {
            bridge = bridge.withBridge(options.bridge().get());
        }
        if (options.bip().isPresent()) {
            bridge = bridge.withBip(options.bip().get());
        }
        if (!options.addressPools().isEmpty()) {
            bridge = bridge.withPools(options.addressPools().stream()
                    .map(p -> new AddressPool(Subnet.parse(p.base()), p.size()))
                    .toList());
        }
        return bridge;
    }

    private static RegistryClient registry(DaemonOptions options) {
        return RegistryClient.builder()
                .insecureRegistries(options.insecureRegistries())
                .mirrors(options.registryMirrors().stream().map(URI::create).toList())
                .userAgent("gantry/" + DaemonVersion.TEXT)
                .build();
    }

    @Override
    public void start() {
        containers.recovery().recover();
        execs.recover();
        images.sweep();
    }

    @Override
    public void stop() {
        registry.close();
        health.close();
        logs.close();
        journal.close();
        schedule.close();
        executor.shutdown();
        watcher.close();
        networks.close();
        runtimes.close();
    }

    ContainerService containers() {
        return containers.service();
    }

    HealthSupervision health() {
        return health;
    }

    ExecService execs() {
        return execs;
    }

    FilesystemService filesystems() {
        return new FilesystemService(containers.service(), snapshots, images, executor);
    }

    ImageService images() {
        return images;
    }

    VolumeService volumes() {
        return volumes;
    }

    BridgeController networks() {
        return networks;
    }

    SnapshotStore snapshots() {
        return snapshots;
    }

    LayerStore layers() {
        return layers;
    }

    EngineRuntimes runtimes() {
        return runtimes;
    }

    CgroupLayout cgroups() {
        return cgroups;
    }

    CgroupDriver cgroupDriver() {
        return runtimes.driver();
    }
}
