package dev.gantry.daemon.service.container;

import dev.gantry.daemon.type.ContainerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Starts many containers, each after those it depends on: by compose's labels, or because it joins a namespace of theirs.
 * What does not depend on each other starts side by side. A dependency that fails to start holds nobody up. Safe for use
 * by many threads.
 */
final class StartOrder {

    private static final String DEPENDS_ON = "com.docker.compose.depends_on";
    private static final String PROJECT = "com.docker.compose.project";
    private static final String SERVICE = "com.docker.compose.service";
    private static final String SHARED = "container:";

    private final StartQueue queue;
    private final Consumer<ContainerId> start;
    private final Map<ContainerId, Set<ContainerId>> unmet;
    private int underWay;

    private StartOrder(StartQueue queue, Consumer<ContainerId> start, Map<ContainerId, Set<ContainerId>> unmet) {
        this.queue = queue;
        this.start = start;
        this.unmet = unmet;
    }

    /**
     * Begins to start containers.
     *
     * @param start starts one and returns when that has succeeded or failed; called once for each
     */
    static void run(Collection<ContainerRecord> records, StartQueue queue, Consumer<ContainerId> start) {
        StartOrder order = new StartOrder(queue, start, dependencies(records));
        order.proceed();
    }

    private void proceed() {
        List<ContainerId> ready = new ArrayList<>();
        synchronized (unmet) {
            unmet.forEach((id, needs) -> {
                if (needs.isEmpty()) {
                    ready.add(id);
                }
            });
            if (ready.isEmpty() && underWay == 0) {
                // what is left waits for each other: better in some order than not at all
                unmet.keySet().stream().findFirst().ifPresent(ready::add);
            }
            ready.forEach(unmet::remove);
            underWay += ready.size();
        }
        ready.forEach(id -> queue.add(() -> startOne(id)));
    }

    private void startOne(ContainerId id) {
        try {
            start.accept(id);
        } finally {
            synchronized (unmet) {
                underWay--;
                unmet.values().forEach(needs -> needs.remove(id));
            }
            proceed();
        }
    }

    /** Which of the containers each of them needs, in the order they were made. */
    static Map<ContainerId, Set<ContainerId>> dependencies(Collection<ContainerRecord> records) {
        Map<ContainerId, Set<ContainerId>> dependencies = new LinkedHashMap<>();
        Map<String, Set<ContainerId>> services = services(records);
        records.stream()
                .sorted(java.util.Comparator.comparing(ContainerRecord::createdAt)
                        .thenComparing(ContainerRecord::id))
                .forEach(record -> {
                    Set<ContainerId> needs = new HashSet<>(serviceNeeds(record, services));
                    joined(record).forEach(reference -> find(reference, records).ifPresent(needs::add));
                    needs.remove(record.id());
                    dependencies.put(record.id(), needs);
                });
        return dependencies;
    }

    private static Map<String, Set<ContainerId>> services(Collection<ContainerRecord> records) {
        Map<String, Set<ContainerId>> services = new HashMap<>();
        for (ContainerRecord record : records) {
            Map<String, String> labels = record.config().labels();
            if (labels.containsKey(PROJECT) && labels.containsKey(SERVICE)) {
                services.computeIfAbsent(service(labels, labels.get(SERVICE)), key -> new HashSet<>())
                        .add(record.id());
            }
        }
        return services;
    }

    private static String service(Map<String, String> labels, String service) {
        return labels.get(PROJECT) + "\0" + service;
    }

    /** Compose writes {@code service:condition:restart}, separated by commas. */
    private static Set<ContainerId> serviceNeeds(ContainerRecord record, Map<String, Set<ContainerId>> services) {
        Set<ContainerId> needs = new HashSet<>();
        Map<String, String> labels = record.config().labels();
        for (String dependency : labels.getOrDefault(DEPENDS_ON, "").split(",", -1)) {
            String service = dependency.split(":", 2)[0].strip();
            needs.addAll(services.getOrDefault(service(labels, service), Set.of()));
        }
        return needs;
    }

    private static List<String> joined(ContainerRecord record) {
        HostSettings.Namespaces namespaces = record.host().namespaces();
        List<String> references = new ArrayList<>();
        for (String mode : List.of(record.host().network().text(), namespaces.pid(), namespaces.ipc())) {
            if (mode.startsWith(SHARED)) {
                references.add(mode.substring(SHARED.length()));
            }
        }
        return references;
    }

    private static Optional<ContainerId> find(String reference, Collection<ContainerRecord> records) {
        return records.stream()
                .filter(r -> r.name().equals(reference) || r.id().value().startsWith(reference))
                .map(ContainerRecord::id)
                .findFirst();
    }
}
