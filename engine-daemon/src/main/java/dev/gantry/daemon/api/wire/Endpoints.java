package dev.gantry.daemon.api.wire;

/** Contributes the operations of one noun to the routing table. */
@FunctionalInterface
public interface Endpoints {

    void register(Router router);
}
