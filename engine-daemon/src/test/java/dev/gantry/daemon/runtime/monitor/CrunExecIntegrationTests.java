package dev.gantry.daemon.runtime.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.runtime.ExecTask;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CrunExecIntegrationTests extends ExecIntegrationTests {

    @Override
    RuntimeHost openHost() throws IOException {
        return RuntimeHost.withCrun();
    }

    /** runc waits for the end of the streams itself. */
    @Test
    void aChildThatKeepsTheStreamsDoesNotKeepTheExec() throws Exception {
        ExecTask exec = task.exec(request(false, "/", "sh", "-c", "sleep 50 & echo started"));
        try (Reading reading = Reading.start(host.executor(), exec.attachment())) {
            assertThat(reading.text()).isEqualTo("started\n");
        }
        assertThat(end(exec).code()).isZero();
    }
}
