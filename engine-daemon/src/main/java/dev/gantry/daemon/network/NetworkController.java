package dev.gantry.daemon.network;

import java.util.Collection;
import java.util.Map;

/**
 * Gives sandboxes their connections. A sandbox is a network namespace with a name; any number of containers may share
 * one. Safe for use by many threads. Everything it sets up lives in the kernel and outlives the daemon.
 */
public interface NetworkController {

    /** Makes a network namespace whose loopback is up, pinned at {@link Sandbox#path()}. */
    Sandbox createSandbox(String sandboxId);

    /** Removes the namespace and every endpoint in it. Does nothing where it is absent. */
    void deleteSandbox(String sandboxId);

    /**
     * Connects a sandbox to a network: interface, address, default route, published ports.
     *
     * @throws dev.gantry.daemon.type.EngineException with docker's texts: port in use, address in use, no address left
     */
    Endpoint connect(EndpointRequest request);

    /** Takes the connection away; port rules and address at once, the interface behind the answer. */
    void disconnect(Endpoint endpoint);

    /** The default bridge, as it is configured. */
    BridgeNetwork defaultBridge();

    /**
     * Called once at start with the endpoints that live on, by sandbox id: declares the packet filter as a whole,
     * takes their addresses and ports, and removes every sandbox, interface and rule of ours that is not among them.
     */
    void reconcile(Map<String, ? extends Collection<Endpoint>> live);
}
