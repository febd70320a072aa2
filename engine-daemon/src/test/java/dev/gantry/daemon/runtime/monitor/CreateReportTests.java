package dev.gantry.daemon.runtime.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CreateReportTests {

    @Test
    void pidIsReadUnderBothNames() {
        assertThat(CreateReport.parse("{\"data\": 12}\n")).isEqualTo(new CreateReport(12, ""));
        assertThat(CreateReport.parse("{\"pid\": 12}\n").isCreated()).isTrue();
    }

    @Test
    void failureHasItsMessage() {
        assertThat(CreateReport.parse("{\"data\": -1, \"message\": \"no\\n\"}\n"))
                .isEqualTo(new CreateReport(-1, "no\n"));
    }

    @Test
    void brokenJsonCountsAsAFailureThatSaysIt() {
        assertThat(CreateReport.parse("{\"data\": -1, \"message\": \"\u0001")).returns(false, CreateReport::isCreated);
    }
}
