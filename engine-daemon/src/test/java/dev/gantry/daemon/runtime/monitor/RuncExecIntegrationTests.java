package dev.gantry.daemon.runtime.monitor;

import java.io.IOException;

class RuncExecIntegrationTests extends ExecIntegrationTests {

    @Override
    RuntimeHost openHost() throws IOException {
        return RuntimeHost.withRunc();
    }
}
