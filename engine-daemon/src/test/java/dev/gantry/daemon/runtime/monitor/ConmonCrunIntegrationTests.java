package dev.gantry.daemon.runtime.monitor;

import java.io.IOException;

class ConmonCrunIntegrationTests extends ConmonIntegrationTests {

    @Override
    RuntimeHost openHost() throws IOException {
        return RuntimeHost.withCrun();
    }
}
