package dev.gantry.daemon.api.docker.system;

import dev.gantry.api.SystemInfo;
import dev.gantry.api.SystemVersion;

/** What the engine knows about itself and its host. Asked for each request, by several threads. */
public interface SystemFacts {

    SystemVersion version();

    SystemInfo info();
}
