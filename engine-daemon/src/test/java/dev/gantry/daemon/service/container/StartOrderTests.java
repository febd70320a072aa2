package dev.gantry.daemon.service.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.type.ContainerId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class StartOrderTests {

    private final List<ContainerRecord> records = new ArrayList<>();
    private final List<String> begun = new ArrayList<>();
    private final Queue<Runnable> threads = new ArrayDeque<>();

    private void service(String project, String name, String dependsOn) {
        add(
                project + "-" + name,
                Map.of(
                        "com.docker.compose.project", project,
                        "com.docker.compose.service", name,
                        "com.docker.compose.depends_on", dependsOn),
                new NetworkMode.Bridge());
    }

    private void add(String name, Map<String, String> labels, NetworkMode network) {
        ContainerId id = Requests.id(Integer.toHexString(0xa0 + records.size()));
        records.add(
                Requests.labelled(Requests.record(id, name, Instant.ofEpochSecond(records.size())), labels, network));
    }

    private void run(int width) {
        Map<ContainerId, String> names = new HashMap<>();
        records.forEach(r -> names.put(r.id(), r.name()));
        StartOrder.run(records, new StartQueue(threads::add, width), id -> begun.add(names.get(id)));
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    @Test
    void whatIsNeededStartsFirstWithinItsProject() {
        service("shop", "web", "app:service_healthy:true,cache:service_started:false");
        service("shop", "app", "db:service_started:true");
        service("shop", "cache", "");
        service("shop", "db", "");
        service("other", "db", "web:service_started:false");
        run(1);
        runAll();
        assertThat(begun).containsExactlyInAnyOrder("shop-web", "shop-app", "shop-cache", "shop-db", "other-db");
        assertThat(begun)
                .containsSubsequence("shop-db", "shop-app", "shop-web")
                .containsSubsequence("shop-cache", "shop-web");
    }

    @Test
    void whatJoinsANamespaceComesAfterItsOwner() {
        add("side", Map.of(), new NetworkMode.Shared("main"));
        add("main", Map.of(), new NetworkMode.Bridge());
        run(4);
        runAll();
        assertThat(begun).containsExactly("main", "side");
    }

    @Test
    void whatDoesNotDependOnEachOtherStartsSideBySideUpToAWidth() {
        for (int i = 0; i < 5; i++) {
            add("c" + i, Map.of(), new NetworkMode.Bridge());
        }
        run(3);
        assertThat(threads).hasSize(3);
        runAll();
        assertThat(begun).hasSize(5);
    }

    @Test
    void whatWaitsForEachOtherStartsAllTheSame() {
        service("p", "a", "b:service_started:true");
        service("p", "b", "a:service_started:true");
        service("p", "c", "a:service_started:true");
        run(4);
        runAll();
        assertThat(begun).containsExactly("p-a", "p-b", "p-c");
    }
}
