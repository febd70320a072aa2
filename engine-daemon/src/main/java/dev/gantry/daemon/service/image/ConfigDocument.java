package dev.gantry.daemon.service.image;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.daemon.service.health.Healthcheck;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.registry.Digest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The JSON form of an image's configuration, as OCI and docker write it. Everything in it comes from strangers: what is
 * missing or null is taken as not given, what is of a wrong type is refused.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record ConfigDocument(
        @Nullable String architecture,
        @Nullable String os,
        @Nullable String variant,
        @JsonProperty("os.version") @Nullable String osVersion,
        @Nullable String author,
        @Nullable String created,
        @Nullable String comment,
        @JsonProperty("docker_version") @Nullable String dockerVersion,
        @Nullable Config config,
        @Nullable RootFs rootfs,
        @Nullable List<@Nullable History> history) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Config(
            @JsonProperty("User") @Nullable String user,
            @JsonProperty("ExposedPorts") @Nullable Map<String, @Nullable Object> exposedPorts,
            @JsonProperty("Env") @Nullable List<@Nullable String> env,
            @JsonProperty("Entrypoint") @Nullable List<@Nullable String> entrypoint,
            @JsonProperty("Cmd") @Nullable List<@Nullable String> cmd,
            @JsonProperty("Healthcheck") @Nullable Health healthcheck,
            @JsonProperty("Volumes") @Nullable Map<String, @Nullable Object> volumes,
            @JsonProperty("WorkingDir") @Nullable String workingDir,
            @JsonProperty("Labels") @Nullable Map<String, @Nullable String> labels,
            @JsonProperty("StopSignal") @Nullable String stopSignal,
            @JsonProperty("OnBuild") @Nullable List<@Nullable String> onBuild,
            @JsonProperty("Shell") @Nullable List<@Nullable String> shell,
            @JsonProperty("ArgsEscaped") @Nullable Boolean argsEscaped) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Health(
            @JsonProperty("Test") @Nullable List<@Nullable String> test,
            @JsonProperty("Interval") @Nullable Long interval,
            @JsonProperty("Timeout") @Nullable Long timeout,
            @JsonProperty("StartPeriod") @Nullable Long startPeriod,
            @JsonProperty("StartInterval") @Nullable Long startInterval,
            @JsonProperty("Retries") @Nullable Integer retries) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record RootFs(
            @Nullable String type,
            @JsonProperty("diff_ids") @Nullable List<@Nullable String> diffIds) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    record History(
            @Nullable String created,
            @JsonProperty("created_by") @Nullable String createdBy,
            @Nullable String author,
            @Nullable String comment,
            @JsonProperty("empty_layer") @Nullable Boolean emptyLayer) {}

    /**
     * Reads an image from its configuration's bytes, whose digest becomes its id.
     *
     * @throws EngineException where they are not an image's configuration
     */
    static Image parse(byte[] bytes) {
        try {
            ConfigDocument document = Documents.read(bytes, ConfigDocument.class);
            return document.toImage(new ImageId(Digest.sha256(bytes)));
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new EngineException(
                    EngineException.Kind.INVALID, "invalid image configuration: " + Documents.reason(e), e);
        }
    }

    private Image toImage(ImageId id) {
        RootFs tree = rootfs;
        if (tree == null || tree.diffIds() == null) {
            throw new IllegalArgumentException("no rootfs with diff_ids in it");
        }
        return new Image(
                id,
                text(architecture),
                text(os),
                text(variant),
                text(osVersion),
                text(author),
                time(created),
                text(comment),
                text(dockerVersion),
                config == null ? ImageConfig.EMPTY : toConfig(config),
                list(tree.diffIds()).stream().map(Digest::parse).toList(),
                history == null
                        ? List.of()
                        : history.stream().map(ConfigDocument::toEntry).toList());
    }

    private static ImageConfig toConfig(Config config) {
        return new ImageConfig(
                text(config.user()),
                keys(config.exposedPorts()),
                list(config.env()),
                given(config.entrypoint()),
                given(config.cmd()),
                keys(config.volumes()),
                text(config.workingDir()),
                labels(config.labels()),
                text(config.stopSignal()),
                Optional.ofNullable(config.healthcheck()).map(ConfigDocument::toHealthcheck),
                list(config.onBuild()),
                given(config.shell()),
                Boolean.TRUE.equals(config.argsEscaped()));
    }

    private static Healthcheck toHealthcheck(Health health) {
        return new Healthcheck(
                list(health.test()),
                nanos(health.interval()),
                nanos(health.timeout()),
                nanos(health.startPeriod()),
                nanos(health.startInterval()),
                health.retries() == null ? 0 : health.retries());
    }

    /** A null entry stands for a step nothing is known of: a fault in a stranger's file must not stop the engine. */
    private static HistoryEntry toEntry(@Nullable History entry) {
        if (entry == null) {
            return new HistoryEntry(Optional.empty(), "", "", "", false);
        }
        return new HistoryEntry(
                time(entry.created()),
                text(entry.createdBy()),
                text(entry.author()),
                text(entry.comment()),
                Boolean.TRUE.equals(entry.emptyLayer()));
    }

    /** Writes the configuration of an image made here. The digest of the bytes is its id. */
    static byte[] write(
            String architecture,
            String os,
            String variant,
            Instant created,
            String comment,
            ImageConfig config,
            List<Digest> layers) {
        String time = created.toString();
        History step = new History(time, null, null, comment.isEmpty() ? null : comment, null);
        ConfigDocument document = new ConfigDocument(
                architecture,
                os,
                variant.isEmpty() ? null : variant,
                null,
                null,
                time,
                comment.isEmpty() ? null : comment,
                null,
                fromConfig(config),
                new RootFs("layers", layers.stream().map(Digest::toString).toList()),
                List.of(step));
        return Documents.write(document);
    }

    private static Config fromConfig(ImageConfig config) {
        return new Config(
                orNull(config.user()),
                set(config.exposedPorts()),
                config.env().isEmpty() ? null : config.env(),
                config.entrypoint().orElse(null),
                config.cmd().orElse(null),
                config.healthcheck().map(ConfigDocument::fromHealthcheck).orElse(null),
                set(config.volumes()),
                orNull(config.workingDir()),
                config.labels().isEmpty() ? null : config.labels(),
                orNull(config.stopSignal()),
                config.onBuild().isEmpty() ? null : config.onBuild(),
                config.shell().orElse(null),
                config.argsEscaped() ? Boolean.TRUE : null);
    }

    private static Health fromHealthcheck(Healthcheck check) {
        return new Health(
                check.test(),
                orNull(check.interval()),
                orNull(check.timeout()),
                orNull(check.startPeriod()),
                orNull(check.startInterval()),
                check.retries() == 0 ? null : check.retries());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Long orNull(Duration duration) {
        return duration.isZero() ? null : duration.toNanos();
    }

    private static @Nullable Map<String, @Nullable Object> set(List<String> keys) {
        if (keys.isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> set = new LinkedHashMap<>();
        keys.forEach(key -> set.put(key, Map.of()));
        return set;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Optional<Instant> time(@Nullable String text) {
        return text == null || text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    }

    private static Duration nanos(@Nullable Long count) {
        return count == null ? Duration.ZERO : Duration.ofNanos(count);
    }

    private static List<String> keys(@Nullable Map<String, @Nullable Object> set) {
        return set == null ? List.of() : set.keySet().stream().sorted().toList();
    }

    private static List<String> list(@Nullable List<@Nullable String> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    private static Optional<List<String>> given(@Nullable List<@Nullable String> list) {
        return list == null ? Optional.empty() : Optional.of(list(list));
    }

    private static Map<String, String> labels(@Nullable Map<String, @Nullable String> labels) {
        Map<String, String> copy = new LinkedHashMap<>();
        if (labels != null) {
            labels.forEach((key, value) -> copy.put(key, text(value)));
        }
        return copy;
    }
}
