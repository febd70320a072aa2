package dev.gantry.daemon.api.docker.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.api.BindOptions;
import dev.gantry.api.ContainerConfig;
import dev.gantry.api.EndpointSettings;
import dev.gantry.api.HostConfig;
import dev.gantry.api.ImageOptions;
import dev.gantry.api.Mount;
import dev.gantry.api.NetworkingConfig;
import dev.gantry.api.TmpfsOptions;
import dev.gantry.api.VolumeOptions;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documentation says of every field of a create request what becomes of it. */
class CreateFieldsTests {

    private static final Pattern ROW =
            Pattern.compile("\\| ([A-Za-z0-9.]+) \\| (works|refused|ignored) \\| (.*?) ?\\|");

    /** The verdicts by section and field. */
    private static final Map<String, Map<String, String>> TABLE = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws IOException {
        String section = "";
        for (String line : Files.readAllLines(documentation())) {
            Matcher row = ROW.matcher(line);
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (row.matches()) {
                assertThat(TABLE.computeIfAbsent(section, s -> new LinkedHashMap<>())
                                .put(row.group(1), row.group(2)))
                        .as("a second row of " + row.group(1))
                        .isNull();
            }
        }
    }

    private static Path documentation() {
        return Optional.of(Path.of("docs/create-fields.md"))
                .filter(Files::exists)
                .orElse(Path.of("../docs/create-fields.md"));
    }

    private static List<String> fields(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = component.getName();
            names.add(
                    named != null && !named.value().isEmpty()
                            ? named.value()
                            : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
        }
        return names;
    }

    private static List<String> fields(Class<?> type, String prefix) {
        return fields(type).stream().map(name -> prefix + name).toList();
    }

    private static Map<String, String> section(String start) {
        return TABLE.entrySet().stream()
                .filter(e -> e.getKey().startsWith(start))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    @Test
    void everyFieldOfTheWireTypesIsThereAndNoOther() {
        assertThat(section("ContainerConfig").keySet())
                .containsExactlyInAnyOrderElementsOf(fields(ContainerConfig.class));
        assertThat(section("HostConfig").keySet()).containsExactlyInAnyOrderElementsOf(fields(HostConfig.class));
        List<String> mounts = new ArrayList<>(fields(Mount.class));
        mounts.addAll(fields(BindOptions.class, "BindOptions."));
        mounts.addAll(fields(VolumeOptions.class, "VolumeOptions."));
        mounts.addAll(fields(ImageOptions.class, "ImageOptions."));
        mounts.addAll(fields(TmpfsOptions.class, "TmpfsOptions."));
        assertThat(section("Mount").keySet()).containsExactlyInAnyOrderElementsOf(mounts);
        List<String> networks = new ArrayList<>(fields(NetworkingConfig.class));
        networks.addAll(fields(EndpointSettings.class));
        assertThat(section("Networking").keySet()).containsExactlyInAnyOrderElementsOf(networks);
    }

    /** The wire types may lack a field that the API has: then nobody would know that it is lost. */
    @ParameterizedTest
    @CsvSource({
        "ContainerConfig, ContainerConfig",
        "HostConfig, HostConfig",
        "Resources, HostConfig",
        "Mount, Mount",
        "EndpointSettings, Networking"
    })
    void everyFieldOfTheDefinitionIsThere(String definition, String section) throws IOException {
        Path file = definition();
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(file), "needs the API's definition beside the project");
        List<String> fields = properties(Files.readAllLines(file), definition);
        assertThat(fields).isNotEmpty();
        assertThat(section(section).keySet()).containsAll(fields);
    }

    private static Path definition() {
        return Optional.of(Path.of("../shared/api/engine-api-v1.51.yaml"))
                .filter(Files::exists)
                .orElse(Path.of("../../shared/api/engine-api-v1.51.yaml"));
    }

    /** The first level of properties of a definition, by their indentation; those it inherits are not there. */
    private static List<String> properties(List<String> yaml, String definition) {
        List<String> names = new ArrayList<>();
        int start = yaml.indexOf("  " + definition + ":");
        int level = -1;
        for (String line : yaml.subList(start + 1, yaml.size())) {
            int indent = line.length() - line.stripLeading().length();
            if (!line.isBlank() && indent <= 2) {
                break;
            }
            if (line.strip().equals("properties:") && level < 0) {
                level = indent + 2;
            } else if (indent == level && line.strip().matches("[A-Za-z0-9]+:.*")) {
                names.add(line.strip().replaceAll(":.*", ""));
            }
        }
        return names;
    }
}
