package dev.gantry.daemon.service.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.store.metadata.MetadataStore;
import dev.gantry.daemon.type.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ContainerIndexTests {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private ContainerIndex open() {
        return new ContainerIndex(MetadataStore.open(
                directory, ContainerRecord.class, JsonMapper.builder().build()));
    }

    private static Container container(ContainerIndex index, String prefix, String name, int age) {
        ContainerId id = Requests.id(prefix);
        index.reserve(name, id);
        Container container = new Container(Requests.record(id, name, TIME.minusSeconds(age)));
        index.add(container);
        return container;
    }

    @Test
    void fullIdBeforeNameBeforePrefix() {
        ContainerIndex index = open();
        Container first = container(index, "abc1", "web", 0);
        Container second = container(index, "abd2", "abc", 1);
        assertThat(index.find(first.id().value())).isSameAs(first);
        assertThat(index.find("web")).isSameAs(first);
        assertThat(index.find("/web")).isSameAs(first);
        assertThat(index.find("abc")).isSameAs(second);
        assertThat(index.find("abc1")).isSameAs(first);
    }

    @Test
    void prefixesMustBeUnique() {
        ContainerIndex index = open();
        container(index, "abc1", "one", 0);
        container(index, "abc2", "two", 1);
        assertThatThrownBy(() -> index.find("abc")).hasMessage("Multiple IDs found with provided prefix: abc");
        assertThatThrownBy(() -> index.find("x")).hasMessage("No such container: x");
        assertThatThrownBy(() -> index.find("")).hasMessage("No container name or ID supplied");
    }

    @Test
    void namesAreGivenOnceAndComeBack() {
        ContainerIndex index = open();
        Container first = container(index, "a1", "web", 0);
        assertThatThrownBy(() -> index.reserve("web", Requests.id("a2")))
                .hasMessage("Conflict. The container name \"/web\" is already in use by container \"" + first.id()
                        + "\". You have to remove (or rename) that container to be able to reuse that name.");
        index.remove(first);
        index.reserve("web", Requests.id("a2"));
    }

    @Test
    void recordsAreNewestFirstAndSurviveAStart() {
        ContainerIndex index = open();
        container(index, "a1", "old", 10);
        container(index, "a2", "new", 1);
        assertThat(open().records()).isEqualTo(index.records());
        assertThat(open().records()).extracting(ContainerRecord::name).containsExactly("new", "old");
    }

    @Test
    void aRecordThatCannotBeReadStillSpeaksForItsContainer() throws IOException {
        ContainerIndex index = open();
        ContainerId id = container(index, "a1", "web", 0).id();
        Files.writeString(directory.resolve(id.value() + ".json"), "{\"id\": ");
        ContainerIndex damaged = open();
        assertThat(damaged.all()).isEmpty();
        assertThat(damaged.mentions(id)).isTrue();
        assertThat(damaged.mentions(Requests.id("a2"))).isFalse();
    }
}
