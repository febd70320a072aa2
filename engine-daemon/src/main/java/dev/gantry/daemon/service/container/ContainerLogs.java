package dev.gantry.daemon.service.container;

import dev.gantry.daemon.runtime.Task;
import dev.gantry.daemon.runtime.log.ContainerLog;
import dev.gantry.daemon.runtime.log.LogKeeper;
import dev.gantry.daemon.service.container.HostSettings.LogSettings;
import dev.gantry.daemon.service.log.LogChoice;
import dev.gantry.daemon.service.log.LogDefaults;
import dev.gantry.daemon.service.log.LogShipper;
import dev.gantry.daemon.service.log.LogShipping;
import dev.gantry.daemon.service.log.LogSubject;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The logs of all containers: where they lie, and who keeps them within their limits. Safe for use by many threads. */
public final class ContainerLogs {

    private final ContainerDirectories directories;
    private final LogKeeper keeper;
    private final LogDefaults defaults;
    private final Map<ContainerId, ContainerLog> open = new ConcurrentHashMap<>();
    private final Map<ContainerId, LogShipper> shippers = new ConcurrentHashMap<>();

    public ContainerLogs(ContainerDirectories directories, LogKeeper keeper, LogDefaults defaults) {
        this.directories = directories;
        this.keeper = keeper;
        this.defaults = defaults;
    }

    /** The driver and options of containers that name none. */
    public LogDefaults defaults() {
        return defaults;
    }

    /** The driver and the options of a container. */
    public LogChoice choice(ContainerRecord record) {
        LogSettings settings = record.host().log();
        return LogChoice.recorded(settings.driver(), settings.options());
    }

    /** What a container's log says of it beside its output; empty for nothing. */
    public String details(ContainerRecord record) {
        return choice(record).details(subject(record));
    }

    private static LogSubject subject(ContainerRecord record) {
        return new LogSubject(
                record.id(),
                record.name(),
                record.config().imageName(),
                record.imageId().toString(),
                record.config().labels(),
                record.config().env());
    }

    /**
     * The log of a container.
     *
     * @throws EngineException not implemented, where its driver keeps none
     */
    public ContainerLog readable(ContainerRecord record) {
        if (!choice(record).isReadable()) {
            // compat: docker's text
            throw EngineException.notImplemented("configured logging driver does not support reading");
        }
        return of(record);
    }

    private ContainerLog of(ContainerRecord record) {
        return open.computeIfAbsent(
                record.id(),
                id -> new ContainerLog(directories.log(id), choice(record).limits()));
    }

    /** Makes the log ready for a process that is about to be created; gives where it writes to, if anywhere. */
    Target prepare(ContainerRecord record) {
        LogChoice choice = choice(record);
        if (!choice.isReadable() && !choice.shipped()) {
            return new Target(Optional.empty(), 0);
        }
        if (choice.shipped()) {
            LogShipping.check(choice, subject(record));
        }
        try {
            of(record).prepare();
            return new Target(
                    Optional.of(directories.log(record.id())), choice.limits().backstop());
        } catch (IOException e) {
            throw EngineException.internal(
                    "failed to initialize logging driver: preparing " + directories.log(record.id()) + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * Where a monitor writes to.
     *
     * @param file absent: nowhere
     * @param maxBytes it begins a new file by itself at this size; 0: never
     */
    record Target(Optional<Path> file, long maxBytes) {}

    /** Keeps the log of a process that was created, or found running, within its limits. */
    void begin(ContainerRecord record, Task task) {
        LogChoice choice = choice(record);
        if (choice.isReadable() || choice.shipped()) {
            keeper.keep(of(record), task::beginLogFile);
        }
        if (choice.shipped()) {
            ship(record, choice);
        }
    }

    private LogShipper ship(ContainerRecord record, LogChoice choice) {
        return Objects.requireNonNull(shippers.compute(
                record.id(),
                (id, before) -> before != null && before.resume()
                        ? before
                        : LogShipping.start(choice, subject(record), of(record), directories.shipped(id))));
    }

    /** Sends what a container that does not run has left unsent. */
    void finish(ContainerRecord record) {
        LogChoice choice = choice(record);
        if (choice.shipped() && Files.exists(directories.log(record.id()))) {
            ship(record, choice).end();
        }
    }

    /** Ends the sending of logs; the next life of the daemon goes on with it. */
    public void close() {
        shippers.values().forEach(LogShipper::stop);
        keeper.close();
    }

    /** The process has ended: nothing more is written. */
    void end(ContainerRecord record) {
        ContainerLog log = open.get(record.id());
        if (log != null) {
            keeper.release(log);
        }
        LogShipper shipper = shippers.get(record.id());
        if (shipper != null) {
            shipper.end();
        }
    }

    /** The container is gone, and its files with it. */
    void forget(ContainerRecord record) {
        end(record);
        LogShipper shipper = shippers.remove(record.id());
        if (shipper != null) {
            shipper.endSoon();
        }
        ContainerLog log = open.remove(record.id());
        if (log != null) {
            log.abandon();
        }
    }

    /**
     * Removes what a container has written so far and frees its disk; a running one goes on writing.
     *
     * @return the bytes freed
     */
    public long prune(ContainerRecord record, Optional<Task> running) {
        if (!choice(record).isReadable()) {
            return 0;
        }
        try {
            return running.isPresent()
                    ? keeper.restart(of(record), running.get()::beginLogFile)
                    : of(record).clear();
        } catch (IOException e) {
            throw EngineException.internal(
                    "pruning the log of container " + record.id().shortForm() + ": " + e.getMessage(), e);
        }
    }

    /** How much disk a container's log takes. */
    public long bytes(ContainerRecord record) {
        try {
            return choice(record).isReadable() ? of(record).bytes() : 0;
        } catch (IOException e) {
            throw EngineException.internal(
                    "measuring the log of container " + record.id().shortForm() + ": " + e.getMessage(), e);
        }
    }
}
