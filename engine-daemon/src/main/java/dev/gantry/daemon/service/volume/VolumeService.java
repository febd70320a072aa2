package dev.gantry.daemon.service.volume;

import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.service.event.EngineEvent;
import dev.gantry.daemon.service.event.EventBus;
import dev.gantry.daemon.store.volume.Volume;
import dev.gantry.daemon.store.volume.VolumeName;
import dev.gantry.daemon.store.volume.VolumeStore;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Volumes and who uses them. A volume that a container refers to, running or not, is never removed. Safe for use by
 * many threads.
 */
public final class VolumeService {

    private final VolumeStore store;
    private final EventBus events;
    private final RandomGenerator randomness;
    private final Clock clock;

    /** The containers that refer to a volume, by its name. Guarded by itself. */
    private final Map<String, Set<ContainerId>> users = new HashMap<>();

    public VolumeService(VolumeStore store, EventBus events, RandomGenerator randomness, Clock clock) {
        this.store = store;
        this.randomness = randomness;
        this.events = events;
        this.clock = clock;
    }

    /** All volumes, by name. */
    public List<Volume> list() {
        return store.list();
    }

    /**
     * Gives one by its name.
     *
     * @throws EngineException not found
     */
    public Volume get(String name) {
        // compat: docker's text
        return store.find(name).orElseThrow(() -> EngineException.notFound("get " + name + ": no such volume"));
    }

    /** How many containers refer to a volume. */
    public int useCount(String name) {
        synchronized (users) {
            return users.getOrDefault(name, Set.of()).size();
        }
    }

    /**
     * Makes a volume, or gives the one of that name.
     *
     * @param name absent: an anonymous one
     */
    public Volume create(Optional<String> name, Map<String, String> labels, Map<String, String> options) {
        synchronized (users) {
            Optional<Volume> present = name.flatMap(store::find);
            if (present.isPresent()) {
                return present.get();
            }
            Volume made = name.isPresent()
                    ? store.create(name.get(), labels, options)
                    : store.create(VolumeName.anonymous(randomness), anonymous(labels), options);
            publish("create", made.name(), Map.of("driver", "local"));
            return made;
        }
    }

    /** Draws a name for a volume of one container. */
    public String drawName() {
        return VolumeName.anonymous(randomness);
    }

    /** Makes a volume for one container and holds it; the name is one that was drawn. */
    public void useAnonymous(String drawn, Map<String, String> labels, Map<String, String> options, ContainerId user) {
        use(Optional.of(drawn), anonymous(labels), options, user);
    }

    private static Map<String, String> anonymous(Map<String, String> labels) {
        Map<String, String> all = new HashMap<>(labels);
        // compat: clients tell anonymous volumes by docker's label
        all.put("com.docker.volume.anonymous", "");
        return all;
    }

    /** Makes a volume where it is not there, and holds it for a container; gives its name. */
    public String use(
            Optional<String> name, Map<String, String> labels, Map<String, String> options, ContainerId user) {
        synchronized (users) {
            String held = create(name, labels, options).name();
            users.computeIfAbsent(held, n -> new HashSet<>()).add(user);
            return held;
        }
    }

    /** Holds the volumes that a container from an earlier life of the daemon refers to. */
    public void hold(String name, ContainerId user) {
        synchronized (users) {
            users.computeIfAbsent(name, n -> new HashSet<>()).add(user);
        }
    }

    /** Lets go of all volumes of a container. */
    public void release(ContainerId user) {
        synchronized (users) {
            users.values().forEach(set -> set.remove(user));
            users.values().removeIf(Set::isEmpty);
        }
    }

    /** Where a volume's files lie on the host. */
    public Path path(String name) {
        return store.path(name);
    }

    /** Fills an empty volume with what a root file system has at its place; does nothing to one that holds anything. */
    public void copyUp(String name, Path root, ContainerPath source) {
        store.copyUp(name, root, source);
    }

    /**
     * Makes sure that a volume is there.
     *
     * @throws EngineException not found where somebody took it away
     */
    public void requirePresent(String name) {
        get(name);
    }

    /**
     * Removes a volume with its files.
     *
     * @throws EngineException not found; conflict where a container refers to it
     */
    public void remove(String name) {
        synchronized (users) {
            get(name);
            Set<ContainerId> holders = users.getOrDefault(name, Set.of());
            if (!holders.isEmpty()) {
                // compat: docker's text
                throw EngineException.conflict("remove " + name + ": volume is in use - "
                        + holders.stream().map(ContainerId::value).sorted().toList());
            }
            store.remove(name);
            publish("destroy", name, Map.of("driver", "local"));
        }
    }

    /** Removes an anonymous volume whose container goes, unless another uses it too or it is gone already. */
    public void removeIfUnused(String name) {
        synchronized (users) {
            if (useCount(name) == 0 && store.find(name).isPresent()) {
                remove(name);
            }
        }
    }

    private void publish(String action, String name, Map<String, String> attributes) {
        events.publish(new EngineEvent("volume", action, name, attributes, clock.instant()));
    }
}
