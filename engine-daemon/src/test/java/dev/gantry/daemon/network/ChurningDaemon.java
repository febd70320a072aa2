package dev.gantry.daemon.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A daemon that connects and disconnects until it is killed; prints a line for each connection. */
final class ChurningDaemon {

    private static final int LIMIT = 1_000;

    private ChurningDaemon() {}

    public static void main(String[] arguments) {
        Path root = Path.of(arguments[0]);
        BridgeController controller =
                BridgeController.open(BridgeConfiguration.forRoots(root.resolve("data"), root.resolve("run")));
        controller.reconcile(Map.of());
        for (int i = 0; i < LIMIT; i++) {
            Sandbox sandbox = controller.createSandbox(TestHost.newId());
            controller.connect(new EndpointRequest(
                    TestHost.newId(),
                    sandbox.id(),
                    "bridge",
                    Optional.empty(),
                    Optional.empty(),
                    List.of(TestHost.port("80/tcp", "", 0))));
            System.out.println(sandbox.id());
            if (i % 2 == 0) {
                controller.deleteSandbox(sandbox.id());
            }
        }
    }
}
