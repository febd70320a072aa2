package dev.gantry.client;

import dev.gantry.client.transport.EngineTransport;
import java.time.Duration;

/**
 * Typed and streaming access to an engine. Make one per engine and share it: it is thread-safe, keeps a few idle
 * connections and starts no threads but one for deadlines. Calls block the calling thread; errors are
 * {@link EngineClientException}s. Whoever opens a stream closes it.
 */
public final class EngineClient implements AutoCloseable {

    private final EngineTransport transport;
    private final Containers containers;
    private final Execs execs;
    private final Images images;
    private final Networks networks;
    private final Volumes volumes;
    private final EngineSystem system;

    private EngineClient(Builder builder) {
        transport = new EngineTransport(builder.host, builder.version);
        Calls calls = new Calls(transport, builder.timeout);
        containers = new Containers(calls);
        execs = new Execs(calls);
        images = new Images(calls);
        networks = new Networks(calls);
        volumes = new Volumes(calls);
        system = new EngineSystem(calls);
    }

    /** Sets up a client; the engine is that of the environment unless a host is set. */
    public static Builder builder() {
        return new Builder();
    }

    public Containers containers() {
        return containers;
    }

    public Execs execs() {
        return execs;
    }

    public Images images() {
        return images;
    }

    public Networks networks() {
        return networks;
    }

    public Volumes volumes() {
        return volumes;
    }

    public EngineSystem system() {
        return system;
    }

    /** The way to the engine, for requests that have no method here. */
    public EngineTransport transport() {
        return transport;
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Collects what a client needs. Not thread-safe. */
    public static final class Builder {

        private EngineHost host = EngineHost.fromEnvironment(System.getenv());
        private String version = "";
        private Duration timeout = Duration.ofSeconds(60);

        private Builder() {}

        /** Sets the address, {@code unix:///path} or {@code tcp://host:port}. */
        public Builder host(String address) {
            host = EngineHost.parse(address);
            return this;
        }

        /** Speaks this version of the API instead of agreeing on one. */
        public Builder apiVersion(String fixed) {
            version = fixed;
            return this;
        }

        /** How long an ordinary call may take to be answered; 60 s unless set. Streams and waits have no limit. */
        public Builder timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        public EngineClient build() {
            return new EngineClient(this);
        }
    }
}
