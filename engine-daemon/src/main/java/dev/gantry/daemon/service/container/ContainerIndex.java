package dev.gantry.daemon.service.container;

import dev.gantry.daemon.store.metadata.DamagedFile;
import dev.gantry.daemon.store.metadata.MetadataStore;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * All containers by id and by name, in memory and on disk. Names are reserved here, so two containers never get the
 * same one. Safe for use by many threads.
 */
final class ContainerIndex {

    private final NavigableMap<String, Container> byId = new ConcurrentSkipListMap<>();
    private final Map<String, ContainerId> names = new HashMap<>();
    private final MetadataStore<ContainerRecord> disk;

    ContainerIndex(MetadataStore<ContainerRecord> disk) {
        this.disk = disk;
        for (ContainerRecord record : disk.all()) {
            byId.put(record.id().value(), new Container(record));
            names.put(record.name(), record.id());
        }
    }

    Collection<Container> all() {
        return byId.values();
    }

    /** The records of all containers, newest first. */
    List<ContainerRecord> records() {
        List<ContainerRecord> records = new ArrayList<>(byId.size());
        byId.values().forEach(c -> records.add(c.record()));
        records.sort(Comparator.comparing(ContainerRecord::createdAt).reversed().thenComparing(ContainerRecord::id));
        return records;
    }

    /**
     * Finds a container by its full id, then by its name with or without a slash, then by a prefix of its id.
     *
     * @throws EngineException not found, or invalid where a prefix fits several
     */
    Container find(String reference) {
        if (reference.isEmpty()) {
            // compat: docker's text
            throw EngineException.invalid("No container name or ID supplied");
        }
        Container exact = byId.get(reference);
        if (exact != null) {
            return exact;
        }
        return byName(reference).or(() -> byPrefix(reference)).orElseThrow(() -> unknown(reference));
    }

    // compat: the docker CLI and Ryuk match this text
    private static EngineException unknown(String reference) {
        return EngineException.notFound("No such container: " + reference);
    }

    private Optional<Container> byName(String reference) {
        String name = reference.startsWith("/") ? reference.substring(1) : reference;
        ContainerId id;
        synchronized (names) {
            id = names.get(name);
        }
        return id == null ? Optional.empty() : Optional.ofNullable(byId.get(id.value()));
    }

    private Optional<Container> byPrefix(String prefix) {
        List<Container> matches = byId.tailMap(prefix, true).entrySet().stream()
                .takeWhile(e -> e.getKey().startsWith(prefix))
                .limit(2)
                .map(Map.Entry::getValue)
                .toList();
        if (matches.size() > 1) {
            throw EngineException.invalid("Multiple IDs found with provided prefix: " + prefix);
        }
        return matches.stream().findFirst();
    }

    /** Takes a name for a container that is about to be. */
    void reserve(String name, ContainerId id) {
        synchronized (names) {
            ContainerId holder = names.putIfAbsent(name, id);
            if (holder != null && !holder.equals(id)) {
                // compat: compose and Testcontainers show and match this text
                throw EngineException.conflict("Conflict. The container name \"/" + name
                        + "\" is already in use by container \"" + holder
                        + "\". You have to remove (or rename) that container to be able to reuse that name.");
            }
        }
    }

    /** Takes a name that nobody has; returns whether it was free. */
    boolean tryReserve(String name, ContainerId id) {
        synchronized (names) {
            return names.putIfAbsent(name, id) == null;
        }
    }

    void release(String name, ContainerId id) {
        synchronized (names) {
            names.remove(name, id);
        }
    }

    /** Whether there is a record of a container, be it one that could not be read. */
    boolean mentions(ContainerId id) {
        return byId.containsKey(id.value()) || disk.isDamaged(id.value());
    }

    /** The files of records that could not be read. */
    List<Path> unreadable() {
        return disk.damaged().stream().map(DamagedFile::file).toList();
    }

    void add(Container container) {
        save(container.record());
        byId.put(container.id().value(), container);
    }

    void save(ContainerRecord record) {
        disk.put(record.id().value(), record);
    }

    void remove(Container container) {
        disk.remove(container.id().value());
        byId.remove(container.id().value());
        release(container.record().name(), container.id());
    }
}
