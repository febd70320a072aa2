package dev.gantry.daemon.network;

import dev.gantry.daemon.type.EngineException;
import java.util.Collection;
import java.util.List;

/** Finds a subnet that nothing on the host uses. */
final class SubnetChooser {

    private final List<AddressPool> pools;

    SubnetChooser(List<AddressPool> pools) {
        this.pools = List.copyOf(pools);
    }

    /**
     * The first subnet of the pools that overlaps none of those in use.
     *
     * @throws EngineException (unavailable) when there is none
     */
    Subnet choose(Collection<Subnet> used) {
        return pools.stream()
                .flatMap(AddressPool::subnets)
                .filter(candidate -> used.stream().noneMatch(candidate::overlaps))
                .findFirst()
                .orElseThrow(
                        () -> EngineException.unavailable("all predefined address pools have been fully subnetted"));
    }
}
