package dev.gantry.daemon.service.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.runtime.log.LogLimits;
import dev.gantry.daemon.type.ContainerId;
import dev.gantry.daemon.type.EngineException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogChoiceTests {

    private static final LogSubject SUBJECT = new LogSubject(
            new ContainerId("0123456789ab" + "c".repeat(52)),
            "web",
            "shop/web:2",
            "sha256:" + "f".repeat(64),
            Map.of("tier", "front", "team", "a b", "other", "x"),
            List.of("STAGE=test", "PATH=/bin", "EMPTY"));

    private static Map<String, String> options(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : text.split(" ", -1)) {
            if (!option.isEmpty()) {
                options.put(option.split("=", 2)[0], option.split("=", 2)[1]);
            }
        }
        return options;
    }

    private static LogChoice choice(String driver, String options) {
        return LogChoice.of(driver, options(options));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "foo|''|logger: no log driver named 'foo' is registered",
                "json-file|x=1|unknown log opt 'x' for json-file log driver",
                "local|foo=1|unknown log opt 'foo' for log driver local",
                "local|tag=x|unknown log opt 'tag' for log driver local",
                "syslog|max-size=1m|unknown log opt 'max-size' for syslog log driver",
                "journald|foo=1|unknown log opt 'foo' for journald log driver",
                "json-file|max-size=abc|failed to initialize logging driver: invalid size: 'abc'",
                "json-file|max-size=0|failed to initialize logging driver: max-size must be a positive number",
                "json-file|max-file=0|failed to initialize logging driver: max-file cannot be less than 1",
                "json-file|max-file=a|failed to initialize logging driver: strconv.Atoi: parsing \\\"a\\\": invalid syntax",
                "json-file|compress=1x max-file=2|failed to initialize logging driver: strconv.ParseBool: parsing \\\"1x\\\": invalid syntax",
                "json-file|compress=true max-size=1m|failed to initialize logging driver: compress cannot be true when max-file is less than 2 or max-size is not set",
                "json-file|mode=foo|logger: logging mode not supported: foo",
                "json-file|max-buffer-size=1m|logger: max-buffer-size option is only supported with 'mode=non-blocking'",
                "json-file|max-buffer-size=z mode=non-blocking|error parsing option max-buffer-size: invalid size: 'z'",
                "syslog|syslog-address=foo|unsupported scheme: ''",
                "syslog|syslog-address=http://x|unsupported scheme: 'http'",
                "syslog|syslog-facility=foo|invalid syslog facility",
                "syslog|syslog-format=foo|Invalid syslog format",
                "syslog|syslog-address=unix:///nope|stat /nope: no such file or directory",
            })
    void whatDockerRefusesIsRefusedInItsWords(String driver, String options, String message) {
        assertThatThrownBy(() -> choice(driver, options.replace("''", "")))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.INVALID))
                .hasMessage(message.replace("\\\"", "\""));
    }

    @Test
    void limitsFollowTheOptions() {
        assertThat(choice("", "").limits()).isEqualTo(new LogLimits(10L << 20, 3, false));
        assertThat(choice("json-file", "max-size=1m").limits()).isEqualTo(new LogLimits(1_000_000, 1, false));
        assertThat(choice("json-file", "max-size=1.5k max-file=5 compress=true").limits())
                .isEqualTo(new LogLimits(1500, 5, true));
        assertThat(choice("json-file", "max-file=7").limits()).isEqualTo(new LogLimits(10L << 20, 7, false));
        assertThat(choice("json-file", "max-size=-1").limits()).isEqualTo(LogLimits.NONE);
        assertThat(choice("local", "").limits()).isEqualTo(new LogLimits(20_000_000, 5, true));
        assertThat(choice("journald", "cache-max-size=2m").limits()).isEqualTo(new LogLimits(2_000_000, 3, false));
    }

    @Test
    void whatCannotBeReadSaysSo() {
        assertThat(choice("none", "anything=goes").isReadable()).isFalse();
        assertThat(choice("syslog", "cache-disabled=true").isReadable()).isFalse();
        assertThat(choice("syslog", "").isReadable()).isTrue();
    }

    @Test
    void detailsAreTheChosenLabelsVariablesAndTheTag() {
        String options = "labels=tier,absent env=STAGE,EMPTY tag={{.Name}}/{{.ID}}";
        assertThat(choice("json-file", options).details(SUBJECT))
                .isEqualTo("STAGE=test,tag=web%2F0123456789ab,tier=front");
        assertThat(choice("json-file", "labels-regex=^te env-regex=^PA").details(SUBJECT))
                .isEqualTo("PATH=%2Fbin,team=a+b");
        assertThat(choice("json-file", "").details(SUBJECT)).isEmpty();
    }

    @Test
    void tagKnowsDockersFields() {
        String all = "{{.ID}} {{ .FullID }} {{.Name}} {{.ImageName}} {{.ImageID}} {{.ImageFullID}} {{.DaemonName}}!";
        assertThat(LogTag.parse(all).text(SUBJECT))
                .isEqualTo("0123456789ab " + SUBJECT.id().value() + " web shop/web:2 ffffffffffff " + SUBJECT.imageId()
                        + " gantry!");
        assertThatThrownBy(() -> LogTag.parse("x{{.Foo}}"))
                .hasMessage("failed to initialize logging driver: template: log-tag:1:3: executing \"log-tag\" at"
                        + " <.Foo>: can't evaluate field Foo in type *logger.Info");
        assertThatThrownBy(() -> LogTag.parse("{{.Foo"))
                .hasMessage("failed to initialize logging driver: template: log-tag:1: unclosed action");
    }

    @Test
    void daemonsOptionsGoToItsOwnDriverOnly() {
        LogDefaults defaults = new LogDefaults("local", Map.of("max-size", "1m", "max-file", "4"));

        assertThat(defaults.complete("", Map.of("max-size", "2m")))
                .isEqualTo(new LogChoice(LogDriver.LOCAL, Map.of("max-size", "2m", "max-file", "4")));
        assertThat(defaults.complete("json-file", Map.of())).isEqualTo(new LogChoice(LogDriver.JSON_FILE, Map.of()));
    }
}
