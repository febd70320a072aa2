package dev.gantry.daemon.boot;

import dev.gantry.api.EngineJson;
import dev.gantry.daemon.linux.ServiceNotification;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** The daemon: reads its options, takes its roots, starts the engine, then listens. */
@Configuration(proxyBeanMethods = false)
@Import({WireConfiguration.class, ActuatorConfiguration.class})
public class GantryApplication {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    /** One event, one line: what images and users name must not forge lines or drive the operator's terminal. */
    static final String LOG_PATTERN =
            "time=%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} level=%p" + " %replace(%m){'[\\x00-\\x1f\\x7f-\\x9f]', '?'}%n%wEx";

    public static void main(String[] arguments) {
        try {
            CommandLine line = CommandLine.parse(arguments);
            switch (line.mode()) {
                case HELP -> printHelp(System.out);
                case VERSION -> System.out.println(DaemonVersion.product());
                case VALIDATE -> {
                    DaemonOptions.of(line, EngineJson.mapper());
                    System.out.println("configuration OK");
                }
                case RUN -> {
                    DaemonOptions options = DaemonOptions.of(line, EngineJson.mapper());
                    requireHealthyHost(options);
                    run(options, List.of(EngineConfiguration.class));
                }
            }
        } catch (ConfigurationException e) {
            System.err.println("gantryd: " + e.getMessage());
            System.exit(MISUSED);
        } catch (RuntimeException e) {
            System.err.println("gantryd: cannot start: " + rootMessage(e));
            System.exit(FAILED);
        }
    }

    private static void requireHealthyHost(DaemonOptions options) {
        List<Doctor.Finding> findings = Doctor.ofThisHost().examine(options.defaultRuntime());
        findings.forEach(finding -> System.err.println("gantryd: " + finding.text()));
        if (findings.stream().anyMatch(Doctor.Finding::fatal)) {
            throw new ConfigurationException("the host lacks what the engine needs; see above");
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /**
     * Starts a daemon and returns when it answers.
     *
     * @param parts configurations that bring the {@link EngineLifecycle}, the facts and the endpoints of the nouns
     */
    static ConfigurableApplicationContext run(DaemonOptions options, List<Class<?>> parts) {
        RootLocks locks = RootLocks.take(options);
        ServiceNotification manager = ServiceNotification.to(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")));
        try {
            SpringApplication application = new SpringApplication(GantryApplication.class);
            parts.forEach(part -> application.addPrimarySources(List.of(part)));
            application.setBannerMode(Banner.Mode.OFF);
            application.setLogStartupInfo(false);
            application.setWebApplicationType(WebApplicationType.SERVLET);
            application.setDefaultProperties(properties(options));
            application.addInitializers(new Preparation(options, locks, manager));
            ConfigurableApplicationContext context = application.run();
            manager.ready();
            return context;
        } catch (RuntimeException e) {
            locks.close();
            throw e;
        }
    }

    private static Map<String, Object> properties(DaemonOptions options) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.main.lazy-initialization", "true");
        properties.put("spring.jmx.enabled", "false");
        properties.put("spring.mvc.servlet.path", "/actuator");
        properties.put("management.endpoints.web.base-path", "/");
        properties.put("management.endpoints.web.exposure.include", "health,info,metrics");
        properties.put("management.endpoints.jmx.exposure.exclude", "*");
        properties.put("server.shutdown", "immediate");
        properties.put("spring.lifecycle.timeout-per-shutdown-phase", "5s");
        properties.put("logging.level.root", springLevel(options.logLevel()));
        properties.put("logging.level.org", "warn");
        properties.put("logging.pattern.console", LOG_PATTERN);
        return properties;
    }

    private static String springLevel(String level) {
        return level.equals("fatal") ? "error" : level;
    }

    private static void printHelp(PrintStream out) {
        out.println("Usage: gantryd [OPTIONS]\n\nRuns containers; speaks the Docker Engine API.\n\nOptions:");
        for (Option option : Option.values()) {
            String value = option.isSwitch() ? "" : option.isRepeatable() ? " list" : " string";
            out.printf("      --%-30s %s%n", option.flag() + value, option.help());
        }
        out.printf(
                "      --%-30s %s%n",
                "config-file string", "Configuration file (" + DaemonOptions.DEFAULT_CONFIG + ")");
        out.printf("      --%-30s %s%n", "validate", "Check the configuration and exit");
        out.printf("      --%-30s %s%n", "version", "Print the version and exit");
        out.printf("      --%-30s %s%n", "help", "Print this and exit");
    }

    /** Gives the context what exists before it. */
    private record Preparation(DaemonOptions options, RootLocks locks, ServiceNotification manager)
            implements ApplicationContextInitializer<GenericApplicationContext> {

        @Override
        public void initialize(GenericApplicationContext context) {
            context.registerBean(DaemonOptions.class, () -> options);
            context.registerBean(RootLocks.class, () -> locks);
            context.registerBean(ServiceNotification.class, () -> manager);
        }
    }
}
