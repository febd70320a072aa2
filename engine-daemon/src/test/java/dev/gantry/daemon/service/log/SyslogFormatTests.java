package dev.gantry.daemon.service.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.runtime.log.LogLine;
import dev.gantry.daemon.type.StreamType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyslogFormatTests {

    private static final Instant TIME = Instant.parse("2026-11-03T04:05:06.123456789Z");

    private static String message(String options, StreamType stream, String tag) {
        Map<String, String> parsed = new java.util.HashMap<>();
        for (String option : options.split(" ", -1)) {
            parsed.put(option.split("=", 2)[0], option.split("=", 2)[1]);
        }
        SyslogFormat format = new SyslogFormat(SyslogTarget.of(parsed), "host", tag, 7, ZoneOffset.UTC);
        return new String(format.message(new LogLine(TIME, stream, false, "hello".getBytes(UTF_8))), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "syslog-facility=|<30>Nov  3 04:05:06 tag[7]: hello",
                "syslog-format=rfc3164|<30>Nov  3 04:05:06 host tag[7]: hello",
                "syslog-format=rfc5424|<30>1 2026-11-03T04:05:06Z host tag 7 tag - hello",
                "syslog-format=rfc5424micro|<30>1 2026-11-03T04:05:06.123456Z host tag 7 tag - hello",
                "syslog-facility=local7|<190>Nov  3 04:05:06 tag[7]: hello",
                "syslog-facility=23|<190>Nov  3 04:05:06 tag[7]: hello",
                "syslog-facility=kern|<6>Nov  3 04:05:06 tag[7]: hello",
            })
    void formatsAreDockers(String options, String message) {
        assertThat(message(options, StreamType.STDOUT, "tag")).isEqualTo(message + "\n");
    }

    @Test
    void errorOutputIsAnError() {
        assertThat(message("syslog-format=rfc3164", StreamType.STDERR, "tag")).startsWith("<27>");
    }

    @Test
    void overTlsMessagesAreCounted() {
        String message = message("syslog-format=rfc5424 syslog-address=tcp+tls://h:1", StreamType.STDOUT, "tag");

        assertThat(message).isEqualTo("50 <30>1 2026-11-03T04:05:06Z host tag 7 tag - hello\n");
    }

    @Test
    void tagBeginsNoMessageOfItsOwn() {
        assertThat(message("syslog-format=rfc3164", StreamType.STDOUT, "a\n<0>b"))
                .isEqualTo("<30>Nov  3 04:05:06 host a_<0>b[7]: hello\n");
        assertThat(message("syslog-format=rfc5424", StreamType.STDOUT, "a b")).contains(" host a_b 7 a_b - ");
    }
}
