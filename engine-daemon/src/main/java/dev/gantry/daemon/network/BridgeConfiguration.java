package dev.gantry.daemon.network;

import dev.gantry.daemon.type.EngineException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where and how a daemon keeps its bridge.
 *
 * @param execRoot where its namespaces are pinned, in {@code netns}
 * @param bridge the bridge's name, at most 15 characters
 * @param bip the bridge's address with its prefix length, as {@code 172.17.0.1/16}; absent: chosen from the pools
 * @param pools where a subnet is taken from, in order
 * @param mtu of the bridge and all on it, in bytes
 * @param table the packet filter's table
 */
public record BridgeConfiguration(
        Path execRoot, String bridge, Optional<String> bip, List<AddressPool> pools, int mtu, String table) {

    private static final Path DEFAULT_DATA_ROOT = Path.of("/var/lib/gantry");
    private static final Path DEFAULT_EXEC_ROOT = Path.of("/run/gantry");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,14}");
    private static final Pattern TABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,30}");
    private static final int DEFAULT_MTU = 1500;
    private static final int SMALLEST_MTU = 68;
    private static final int LARGEST_MTU = 65_535;
    private static final int HASH_LENGTH = 8;

    public BridgeConfiguration {
        pools = List.copyOf(pools);
        if (!NAME.matcher(bridge).matches()) {
            throw EngineException.invalid("invalid bridge name: " + bridge);
        }
        if (!TABLE.matcher(table).matches()) {
            throw EngineException.invalid("invalid packet filter table name: " + table);
        }
        if (mtu < SMALLEST_MTU || mtu > LARGEST_MTU) {
            throw EngineException.invalid("invalid MTU: " + mtu);
        }
        bip.ifPresent(Subnet::parse);
    }

    /**
     * What a daemon with these roots uses when nothing else is configured. Daemons with different roots get different
     * bridges and tables, so that they can run side by side.
     */
    public static BridgeConfiguration forRoots(Path dataRoot, Path execRoot) {
        boolean usual = dataRoot.equals(DEFAULT_DATA_ROOT) && execRoot.equals(DEFAULT_EXEC_ROOT);
        String hash = Hashes.hex(dataRoot + "\0" + execRoot).substring(0, HASH_LENGTH);
        return new BridgeConfiguration(
                execRoot,
                usual ? "gantry0" : "gty" + hash,
                Optional.empty(),
                AddressPool.DEFAULTS,
                DEFAULT_MTU,
                usual ? "gantry" : "gantry_" + hash);
    }

    public BridgeConfiguration withBridge(String name) {
        return new BridgeConfiguration(execRoot, name, bip, pools, mtu, table);
    }

    public BridgeConfiguration withBip(String address) {
        return new BridgeConfiguration(execRoot, bridge, Optional.of(address), pools, mtu, table);
    }

    public BridgeConfiguration withPools(List<AddressPool> defaults) {
        return new BridgeConfiguration(execRoot, bridge, bip, defaults, mtu, table);
    }

    public BridgeConfiguration withMtu(int bytes) {
        return new BridgeConfiguration(execRoot, bridge, bip, pools, bytes, table);
    }

    Path namespaces() {
        return execRoot.resolve("netns");
    }

    /** What the names of this daemon's interfaces start with, whatever bridge they are on. */
    String interfacePrefix() {
        return "gv" + Hashes.hex(table + "\0" + execRoot).substring(0, 5);
    }

    /** The host's end of an endpoint's connection. */
    String interfaceName(String endpointId) {
        if (endpointId.length() < HASH_LENGTH) {
            throw EngineException.invalid("invalid endpoint id: " + endpointId);
        }
        return interfacePrefix() + endpointId.substring(0, HASH_LENGTH);
    }
}
