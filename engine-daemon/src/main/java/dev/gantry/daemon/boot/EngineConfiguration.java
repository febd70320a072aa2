package dev.gantry.daemon.boot;

import dev.gantry.daemon.api.docker.container.ContainerRoutes;
import dev.gantry.daemon.api.docker.image.ImageEndpoints;
import dev.gantry.daemon.api.docker.network.NetworkRoutes;
import dev.gantry.daemon.api.docker.system.EngineFacts;
import dev.gantry.daemon.api.docker.system.RegistryLogin;
import dev.gantry.daemon.api.docker.system.SystemFacts;
import dev.gantry.daemon.api.docker.volume.VolumeRoutes;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.service.event.EventBus;
import dev.gantry.daemon.type.EngineException;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine and the operations of its nouns. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    @Bean(destroyMethod = "")
    EngineCore engineCore(DaemonOptions options, EventBus events, Clock clock) {
        return new EngineCore(options, events, clock);
    }

    @Bean
    SystemFacts systemFacts(EngineCore engine, DaemonOptions options, EventBus events, Clock clock) {
        return new EngineFacts(
                EngineDescription.setup(engine, options), EngineDescription.counts(engine), events, clock);
    }

    @Bean
    RegistryLogin registryLogin() {
        return credentials -> {
            throw EngineException.notImplemented(
                    "checking credentials with a registry is not implemented yet; pulls take them all the same");
        };
    }

    @Bean
    Endpoints containerRoutes(EngineCore engine, DaemonOptions options, Clock clock) {
        return new ContainerRoutes(
                engine.containers(),
                engine.execs(),
                engine.snapshots(),
                engine.layers(),
                engine.networks(),
                new ContainerImages(engine.images()),
                options.execRoot().resolve("netns"),
                clock);
    }

    @Bean
    Endpoints imageEndpoints(EngineCore engine, Clock clock) {
        return new ImageEndpoints(engine.images(), clock);
    }

    @Bean
    Endpoints volumeRoutes(EngineCore engine) {
        return new VolumeRoutes(engine.volumes());
    }

    @Bean
    Endpoints networkRoutes(EngineCore engine, Clock clock) {
        return new NetworkRoutes(engine.networks(), engine.containers(), clock.instant());
    }
}
