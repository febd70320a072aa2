package dev.gantry.daemon.network;

import dev.gantry.daemon.linux.nftables.Nftables;
import dev.gantry.daemon.linux.nftables.NftablesException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Keeps the kernel's packet filter as it should be. What should be is known here; where the kernel's state has been
 * changed by someone else, the next change declares everything anew. Safe for use by many threads.
 */
final class PacketFilter implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(PacketFilter.class.getName());

    private final Nftables nftables = Nftables.open();
    private final FilterScript script;
    private final Set<PortBinding> bindings = new LinkedHashSet<>();

    PacketFilter(FilterScript script) {
        this.script = script;
    }

    /** Declares the whole filter with these ports, in one transaction. */
    synchronized void declare(Collection<PortBinding> all) {
        bindings.clear();
        bindings.addAll(all);
        nftables.run(script.declaration(bindings));
    }

    synchronized void add(Collection<PortBinding> added) {
        if (added.isEmpty()) {
            return;
        }
        bindings.addAll(added);
        try {
            change(script.addition(added));
        } catch (NftablesException e) {
            added.forEach(bindings::remove);
            throw e;
        }
    }

    synchronized void remove(Collection<PortBinding> removed) {
        if (bindings.removeAll(Set.copyOf(removed))) {
            change(script.removal(removed));
        }
    }

    /** Frees the library; the kernel's filter stays. */
    @Override
    public void close() {
        nftables.close();
    }

    private void change(String commands) {
        try {
            nftables.run(commands);
        } catch (NftablesException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "packet filter differs from what was declared, declaring it anew table=" + script.table(),
                    e);
            nftables.run(script.declaration(bindings));
        }
    }
}
