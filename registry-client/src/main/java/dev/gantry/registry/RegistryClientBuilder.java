package dev.gantry.registry;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link RegistryClient}. For one thread. */
public final class RegistryClientBuilder {

    private static final Duration RETRY_BASE = Duration.ofMillis(500);
    private static final Duration RETRY_CAP = Duration.ofSeconds(10);

    private Deadlines deadlines = Deadlines.usual();
    private List<String> insecure = List.of();
    private List<URI> mirrors = List.of();
    private Function<String, Credentials> credentials = key -> Credentials.anonymous();
    private String userAgent = "gantry";
    private int attempts = 5;
    private Duration retryBudget = Duration.ofMinutes(2);
    private Duration retryBase = RETRY_BASE;
    private InstantSource clock = InstantSource.system();
    private @Nullable SSLContext tls;
    private @Nullable ProxySelector proxy;

    RegistryClientBuilder() {}

    /** Registries besides those on this machine that may speak plain HTTP: {@code host}, {@code host:port}, CIDR. */
    public RegistryClientBuilder insecureRegistries(List<String> entries) {
        insecure = List.copyOf(entries);
        return this;
    }

    /** Servers to ask before Docker Hub, in order, as {@code http(s)://host[:port][/path]}. */
    public RegistryClientBuilder mirrors(List<URI> servers) {
        List<URI> checked = new ArrayList<>();
        for (URI server : servers) {
            if (!Origin.of(server).isWeb() || server.getRawUserInfo() != null || server.getRawQuery() != null) {
                throw new IllegalArgumentException("invalid mirror: scheme, host and path are what it must have");
            }
            String text = server.toString();
            checked.add(URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
        }
        mirrors = checked;
        return this;
    }

    /**
     * Where to find credentials for calls that bring none, and for mirrors: by {@link RegistryClient#authKey(String)} of
     * a registry, by {@code host[:port]} of a mirror.
     */
    public RegistryClientBuilder credentials(Function<String, Credentials> source) {
        credentials = source;
        return this;
    }

    /** What the client calls itself. */
    public RegistryClientBuilder userAgent(String name) {
        userAgent = name;
        return this;
    }

    /** Whom to trust; the platform's authorities where nothing is said. */
    public RegistryClientBuilder tls(SSLContext context) {
        tls = context;
        return this;
    }

    /** Through which proxies to go; the platform's where nothing is said. */
    public RegistryClientBuilder proxy(ProxySelector selector) {
        proxy = selector;
        return this;
    }

    /** How long to wait for a connection. */
    public RegistryClientBuilder connectTimeout(Duration timeout) {
        deadlines = new Deadlines(timeout, deadlines.answer(), deadlines.stall(), deadlines.document());
        return this;
    }

    /** How long to wait for the head of an answer. */
    public RegistryClientBuilder answerTimeout(Duration timeout) {
        deadlines = new Deadlines(deadlines.connect(), timeout, deadlines.stall(), deadlines.document());
        return this;
    }

    /** How long a transfer may go on with no more than 16 KiB arriving. */
    public RegistryClientBuilder stallTimeout(Duration timeout) {
        deadlines = new Deadlines(deadlines.connect(), deadlines.answer(), timeout, deadlines.document());
        return this;
    }

    /** How long a manifest, a token or another small document may take in all. */
    public RegistryClientBuilder documentTimeout(Duration timeout) {
        deadlines = new Deadlines(deadlines.connect(), deadlines.answer(), deadlines.stall(), timeout);
        return this;
    }

    /** How often to try, and how long to wait in all between the attempts, before an operation is given up. */
    public RegistryClientBuilder retries(int mostAttempts, Duration budget) {
        attempts = mostAttempts;
        retryBudget = budget;
        return this;
    }

    /** How long to wait after the first failure. */
    RegistryClientBuilder retryBase(Duration base) {
        retryBase = base;
        return this;
    }

    /** What time it is, for the life of tokens. */
    RegistryClientBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /**
     * Builds the client.
     *
     * @throws IllegalArgumentException where a setting makes no sense
     */
    public RegistryClient build() {
        Transport transport = new Transport(deadlines, userAgent, Optional.ofNullable(tls), Optional.ofNullable(proxy));
        Authorizers authorizers = new Authorizers(new TokenServer(transport, clock), clock);
        RetryPolicy retries = new RetryPolicy(attempts, retryBudget, retryBase, RETRY_CAP, new Random());
        RegistryCaller caller = new RegistryCaller(transport, authorizers, retries);
        Endpoints endpoints = new Endpoints(transport, new InsecureRegistries(insecure), mirrors, retries);
        return new RegistryClient(transport, new Targets(endpoints, credentials), caller, credentials);
    }
}
