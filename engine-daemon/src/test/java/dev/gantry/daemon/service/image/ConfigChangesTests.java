package dev.gantry.daemon.service.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.service.health.Healthcheck;
import dev.gantry.daemon.type.EngineException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigChangesTests {

    @Test
    void commandsComeAsArraysOrAsLinesForTheShell() {
        ImageConfig config = apply("CMD [\"a\", \"b c\"]", "ENTRYPOINT exec foo \"$BAR\"");

        assertThat(config.cmd()).contains(List.of("a", "b c"));
        assertThat(config.entrypoint()).contains(List.of("/bin/sh", "-c", "exec foo \"$BAR\""));
    }

    @Test
    void environmentTakesBothFormsAndEarlierValues() {
        ImageConfig config = apply("ENV A=1 B=\"two words\" C=a\\ b", "ENV D value with  blanks", "env A=$A/x E='$A'");

        assertThat(config.env()).containsExactly("A=1/x", "B=two words", "C=a b", "D=value with  blanks", "E=$A");
    }

    @Test
    void portsBecomePortsWithProtocol() {
        assertThat(apply("EXPOSE 80 53/udp 8000-8002/TCP").exposedPorts())
                .containsExactlyInAnyOrder("53/udp", "80/tcp", "8000/tcp", "8001/tcp", "8002/tcp");
    }

    @Test
    void healthchecksTakeOptions() {
        Healthcheck check = apply("HEALTHCHECK --interval=1m30s --timeout=500ms --retries=3 CMD curl -f x")
                .healthcheck()
                .orElseThrow();

        assertThat(check.test()).containsExactly("CMD-SHELL", "curl -f x");
        assertThat(check.interval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(check.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(check.retries()).isEqualTo(3);
        assertThat(apply("HEALTHCHECK NONE").healthcheck()).contains(Healthcheck.of(List.of("NONE")));
        assertThat(apply("HEALTHCHECK CMD [\"a\"]").healthcheck()).contains(Healthcheck.of(List.of("CMD", "a")));
    }

    @Test
    void directoriesAreJoined() {
        assertThat(apply("WORKDIR /a/b", "WORKDIR ../c/./d").workingDir()).isEqualTo("/a/c/d");
        assertThat(apply("WORKDIR w").workingDir()).isEqualTo("/w");
        assertThat(apply("WORKDIR /../../x").workingDir()).isEqualTo("/x");
    }

    @Test
    void theRest() {
        ImageConfig config = apply(
                "USER me:us",
                "VOLUME /x /y",
                "VOLUME [\"/z z\"]",
                "LABEL a=b \"c d\"=\"e f\"",
                "STOPSIGNAL SIGTERM",
                "ONBUILD RUN x",
                "# nothing\n",
                "LABEL long=\\\nline");

        assertThat(config.user()).isEqualTo("me:us");
        assertThat(config.volumes()).containsExactly("/x", "/y", "/z z");
        assertThat(config.labels()).isEqualTo(Map.of("a", "b", "c d", "e f", "long", "line"));
        assertThat(config.stopSignal()).isEqualTo("SIGTERM");
        assertThat(config.onBuild()).containsExactly("RUN x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RUN x|RUN is not a valid change command",
                "foo x|FOO is not a valid change command",
                "EXPOSE x|Invalid containerPort: x",
                "EXPOSE 80/icmp|invalid proto: icmp",
                "EXPOSE 70000|Invalid containerPort: 70000",
                "ENV|ENV requires at least one argument",
                "ENV A|ENV must have two arguments",
                "ENV A=1 B|Syntax error - can't find = in \"B\". Must be of the form: name=value",
                "USER a b|USER requires exactly one argument",
                "STOPSIGNAL nope|invalid signal: nope",
                "HEALTHCHECK --x=1 CMD a|unknown flag: --x",
                "HEALTHCHECK --interval=x CMD a|time: invalid duration \"x\"",
                "HEALTHCHECK RUN a|Unknown type \"RUN\" in HEALTHCHECK (try CMD)",
                "ONBUILD ONBUILD RUN x|Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed",
                "LABEL a=\"b|unexpected end of statement while looking for matching double-quote"
            })
    void refusesWithDockersText(String instruction, String message) {
        assertThatThrownBy(() -> apply(instruction))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.INVALID));
    }

    private static ImageConfig apply(String... instructions) {
        return ConfigChanges.apply(ImageConfig.EMPTY, List.of(instructions));
    }
}
