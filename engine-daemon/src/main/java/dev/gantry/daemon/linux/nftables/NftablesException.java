package dev.gantry.daemon.linux.nftables;

/** libnftables refused a script; the message carries its own explanation. */
public final class NftablesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NftablesException(String explanation) {
        super("The packet filter refused the change: " + explanation);
    }
}
