package dev.gantry.daemon.boot;

import dev.gantry.api.EngineJson;
import dev.gantry.daemon.api.docker.system.EventEndpoints;
import dev.gantry.daemon.api.docker.system.PingEndpoints;
import dev.gantry.daemon.api.docker.system.RegistryLogin;
import dev.gantry.daemon.api.docker.system.RemainingOperations;
import dev.gantry.daemon.api.docker.system.SwarmEndpoints;
import dev.gantry.daemon.api.docker.system.SystemEndpoints;
import dev.gantry.daemon.api.docker.system.SystemFacts;
import dev.gantry.daemon.api.wire.ConnectionValve;
import dev.gantry.daemon.api.wire.Connections;
import dev.gantry.daemon.api.wire.ConnectorSettings;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.EngineHttpProtocol;
import dev.gantry.daemon.api.wire.EngineServlet;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.api.wire.SocketAddressSpec;
import dev.gantry.daemon.api.wire.WireSettings;
import dev.gantry.daemon.linux.ServiceNotification;
import dev.gantry.daemon.service.event.EventBus;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API's server: Tomcat on Unix sockets, the routing table and what every daemon answers. */
@Configuration(proxyBeanMethods = false)
class WireConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventBus eventBus() {
        return new EventBus();
    }

    @Bean
    Connections connections() {
        return new Connections();
    }

    @Bean
    TomcatServletWebServerFactory tomcatServletWebServerFactory(DaemonOptions options) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
        List<SocketAddressSpec> hosts = options.hosts();
        factory.setProtocol(EngineHttpProtocol.class.getName());
        factory.addConnectorCustomizers(connector -> ConnectorSettings.apply(connector, hosts.get(0)));
        hosts.stream().skip(1).map(ConnectorSettings::connector).forEach(factory::addAdditionalConnectors);
        factory.addContextValves(new ConnectionValve());
        factory.setBaseDirectory(options.execRoot().resolve("http").toFile());
        factory.setRegisterDefaultServlet(false);
        return factory;
    }

    @Bean
    ServletRegistrationBean<EngineServlet> engineServlet(
            EventBus events,
            Clock clock,
            Connections connections,
            SystemFacts facts,
            RegistryLogin login,
            ObjectProvider<Endpoints> endpoints) {
        Router router = new Router()
                .add(new PingEndpoints())
                .add(new SystemEndpoints(facts, login))
                .add(new EventEndpoints(events, clock))
                .add(new SwarmEndpoints());
        endpoints.orderedStream().forEach(router::add);
        router.add(new RemainingOperations());
        WireSettings settings = new WireSettings(DaemonVersion.TEXT, EngineJson.mapper(), connections);
        ServletRegistrationBean<EngineServlet> registration =
                new ServletRegistrationBean<>(new EngineServlet(router, settings), "/*");
        registration.setName("engine");
        return registration;
    }

    @Bean
    DaemonLifecycle daemonLifecycle(EngineLifecycle engine, RootLocks locks) {
        return new DaemonLifecycle(engine, locks);
    }

    @Bean
    OpenStreams openStreams(Connections connections, ServiceNotification manager) {
        return new OpenStreams(connections, manager);
    }
}
