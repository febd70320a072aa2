package dev.gantry.daemon.store.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MetadataStoreTests {

    private record Thing(String name, int count) {}

    private static MetadataStore<Thing> open(Path directory) {
        return MetadataStore.open(directory, Thing.class, JsonMapper.builder().build());
    }

    @Test
    void objectsSurviveAReopening(@TempDir Path directory) {
        MetadataStore<Thing> store = open(directory);
        store.put("b", new Thing("second", 2));
        store.put("a", new Thing("first", 1));
        store.put("b", new Thing("second", 3));
        store.put("c", new Thing("third", 3));
        assertThat(store.remove("c")).isTrue();
        assertThat(store.remove("c")).isFalse();

        MetadataStore<Thing> reopened = open(directory);

        assertThat(reopened.all()).containsExactly(new Thing("first", 1), new Thing("second", 3));
        assertThat(reopened.get("c")).isEmpty();
        assertThat(reopened.damaged()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[1]", "{\"name\":\"x\",\"count\":\"many\"}", "\0\0\0\0"})
    void aDamagedFileIsSetAsideAndTheOthersLoad(String content, @TempDir Path directory) throws IOException {
        open(directory).put("good", new Thing("good", 1));
        Files.writeString(directory.resolve("bad.json"), content);

        MetadataStore<Thing> store = open(directory);

        assertThat(store.all()).containsExactly(new Thing("good", 1));
        assertThat(store.damaged())
                .extracting(DamagedFile::file)
                .containsExactly(directory.resolve("bad.json.damaged"));
        assertThat(directory.resolve("bad.json.damaged")).hasContent(content);
        assertThat(open(directory).damaged()).hasSize(1);
        store.put("bad", new Thing("new", 2));
        assertThat(open(directory).all()).hasSize(2);
    }

    @Test
    void whatACrashedWriteLeftIsDeleted(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve(".a.json.123.tmp"), "{");
        assertThat(open(directory).all()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "../x", ".hidden", "a b"})
    void aKeyIsAName(String key, @TempDir Path directory) {
        assertThatThrownBy(() -> open(directory).put(key, new Thing("x", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(List.of(directory.toFile().list())).isEmpty();
    }
}
