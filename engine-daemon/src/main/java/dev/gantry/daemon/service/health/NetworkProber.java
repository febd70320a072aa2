package dev.gantry.daemon.service.health;

import dev.gantry.daemon.service.health.HealthWatch.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Looks at servers over the network, without a process beside them. Safe for use by many threads. */
public final class NetworkProber {

    private NetworkProber() {}

    /**
     * Looks once; blocks for the timeout at most.
     *
     * @param probe not a command
     * @param sockets of the network that the server is in
     */
    public static Outcome probe(Probe probe, ProbeSockets sockets, Duration timeout) {
        try (ProbeConnection connection = ProbeConnection.open(sockets, addressOf(probe), timeout)) {
            return exchange(probe, connection);
        } catch (SocketTimeoutException e) {
            return new Outcome(-1, tooLong(timeout));
        } catch (IOException e) {
            return new Outcome(1, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (UncheckedIOException e) {
            return new Outcome(-1, e.toString());
        }
    }

    /** What is said of a look that took too long. */
    public static String tooLong(Duration timeout) {
        // compat: docker's text
        return "Health check exceeded timeout (" + GoDurationText.of(timeout) + ")";
    }

    private static ProbeAddress addressOf(Probe probe) {
        if (probe instanceof Probe.Http http) {
            return http.address();
        }
        if (probe instanceof Probe.Tcp tcp) {
            return tcp.address();
        }
        if (probe instanceof Probe.Grpc grpc) {
            return grpc.address();
        }
        throw new IllegalArgumentException("Not a probe over the network: " + probe);
    }

    private static Outcome exchange(Probe probe, ProbeConnection connection) throws IOException {
        if (probe instanceof Probe.Http http) {
            return HttpCheck.run(connection, http);
        }
        if (probe instanceof Probe.Grpc grpc) {
            return new GrpcCheck(connection, grpc).run();
        }
        return new Outcome(0, "connected to " + addressOf(probe).authority());
    }
}
