package dev.gantry.daemon.boot;

import dev.gantry.daemon.api.docker.container.ContainerEndpoints;
import dev.gantry.daemon.api.docker.image.ImageEndpoints;
import dev.gantry.daemon.api.docker.network.NetworkEndpoints;
import dev.gantry.daemon.api.docker.system.EngineFacts;
import dev.gantry.daemon.api.docker.system.RegistryLogin;
import dev.gantry.daemon.api.docker.system.SystemFacts;
import dev.gantry.daemon.api.docker.volume.VolumeEndpoints;
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
    Endpoints containerEndpoints(EngineCore engine, DaemonOptions options, Clock clock) {
        return new ContainerEndpoints(
                engine.containers(),
                engine.execs(),
                engine.snapshots(),
                engine.layers(),
                engine.networks(),
                new ContainerImages(engine.images()),
                engine.filesystems(),
                engine.health()::of,
                options.execRoot().resolve("netns"),
                clock);
    }

    @Bean
    Endpoints imageEndpoints(EngineCore engine, Clock clock) {
        return new ImageEndpoints(engine.images(), clock);
    }

    @Bean
    Endpoints volumeEndpoints(EngineCore engine) {
        return new VolumeEndpoints(engine.volumes());
    }

    @Bean
    Endpoints networkEndpoints(EngineCore engine, Clock clock) {
        return new NetworkEndpoints(engine.networks(), engine.containers(), clock.instant());
    }
}
