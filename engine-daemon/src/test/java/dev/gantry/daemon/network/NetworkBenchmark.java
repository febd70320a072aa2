package dev.gantry.daemon.network;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Prints what sandboxes and connections cost on this machine. Run its main method as root. */
final class NetworkBenchmark {

    private static final int WARM_UP = 100;
    private static final int ROUNDS = 200;
    private static final String[] STEPS = {"create sandbox", "connect", "disconnect", "delete sandbox", "interface gone"
    };

    private NetworkBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Files.createTempDirectory("gantry-network");
        try (TestHost host = new TestHost(root)) {
            measure(host, "80/tcp", WARM_UP);
            report(host, "80/tcp");
            report(host, "53/udp");
        }
    }

    private static void report(TestHost host, String port) {
        long cpu = cpuNanos();
        long[][] nanos = measure(host, port, ROUNDS);
        long spent = cpuNanos() - cpu;
        for (int step = 0; step < STEPS.length; step++) {
            Arrays.sort(nanos[step]);
            print(
                    "%s %-15s median %6.0f us, p95 %6.0f us",
                    port, STEPS[step], nanos[step][ROUNDS / 2] / 1e3, nanos[step][ROUNDS * 95 / 100] / 1e3);
        }
        print("%s CPU %.2f ms a round", port, spent / 1e6 / ROUNDS);
    }

    private static long[][] measure(TestHost host, String port, int rounds) {
        long[][] nanos = new long[STEPS.length][rounds];
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            Sandbox sandbox = host.sandbox();
            long made = System.nanoTime();
            Endpoint endpoint = host.connect(sandbox, TestHost.port(port, "", 0));
            long connected = System.nanoTime();
            host.controller.disconnect(endpoint);
            long disconnected = System.nanoTime();
            host.controller.deleteSandbox(sandbox.id());
            nanos[0][round] = made - start;
            nanos[1][round] = connected - made;
            nanos[2][round] = disconnected - connected;
            long deleted = System.nanoTime();
            nanos[3][round] = deleted - disconnected;
            host.controller.drain();
            nanos[4][round] = System.nanoTime() - deleted;
        }
        return nanos;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
