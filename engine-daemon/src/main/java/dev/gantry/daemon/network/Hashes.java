package dev.gantry.daemon.network;

import dev.gantry.daemon.linux.netlink.MacAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Names that follow from other names, the same over the daemon's lives. */
final class Hashes {

    private static final int MAC_LENGTH = 6;
    private static final int MULTICAST = 0x01;
    private static final int LOCALLY_ADMINISTERED = 0x02;

    private Hashes() {}

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** A locally administered hardware address. */
    static MacAddress mac(String name) {
        byte[] bytes = Arrays.copyOf(sha256(name.getBytes(StandardCharsets.UTF_8)), MAC_LENGTH);
        bytes[0] = (byte) ((bytes[0] & ~MULTICAST) | LOCALLY_ADMINISTERED);
        return MacAddress.of(bytes);
    }

    /** The hash as 64 hexadecimal digits. */
    static String hex(String content) {
        return HexFormat.of().formatHex(sha256(content.getBytes(StandardCharsets.UTF_8)));
    }
}
