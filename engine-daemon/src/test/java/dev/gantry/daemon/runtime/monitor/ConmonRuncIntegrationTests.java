package dev.gantry.daemon.runtime.monitor;

import java.io.IOException;

class ConmonRuncIntegrationTests extends ConmonIntegrationTests {

    @Override
    RuntimeHost openHost() throws IOException {
        return RuntimeHost.withRunc();
    }
}
