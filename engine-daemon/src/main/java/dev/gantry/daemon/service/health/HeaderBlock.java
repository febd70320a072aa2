package dev.gantry.daemon.service.health;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A block of HTTP/2 headers as HPACK (RFC 7541) writes it, without a table of headers seen before: those written are
 * literal, and a server that was told that the table has no room sends none that point into it.
 */
final class HeaderBlock {

    private static final int STATIC_ENTRIES = 61;
    private static final int FIRST_STATUS = 8;
    private static final String[] STATUSES = {"200", "204", "206", "304", "400", "404", "500"};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Adds a header that no table is to remember. */
    HeaderBlock add(String name, String value) {
        out.write(0);
        text(name);
        text(value);
        return this;
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        if (length < 0x7f) {
            out.write(length);
        } else {
            out.write(0x7f);
            for (length -= 0x7f; length > 0x7f; length >>>= 7) {
                out.write((length & 0x7f) | 0x80);
            }
            out.write(length);
        }
        out.writeBytes(bytes);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /**
     * Reads a block. Of the names in the static table only {@code :status} is known; other headers named by it are left
     * out.
     *
     * @throws IOException where it is broken or points into a table
     */
    static void read(byte[] block, Map<String, String> into) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(block);
        while (in.hasRemaining()) {
            int first = in.get(in.position()) & 0xff;
            if ((first & 0x80) != 0) {
                indexed(number(in, 7), into);
            } else if ((first & 0xe0) == 0x20) {
                number(in, 5);
            } else {
                int index = number(in, (first & 0x40) != 0 ? 6 : 4);
                String name = index == 0 ? text(in) : nameOf(index);
                String value = text(in);
                if (!name.isEmpty()) {
                    into.put(name, value);
                }
            }
        }
    }

    private static void indexed(int index, Map<String, String> into) throws IOException {
        if (nameOf(index).equals(":status")) {
            into.put(":status", STATUSES[index - FIRST_STATUS]);
        }
    }

    private static String nameOf(int index) throws IOException {
        if (index < 1 || index > STATIC_ENTRIES) {
            throw new IOException("the server's headers point to entry " + index + " of a table that it was not given");
        }
        return index >= FIRST_STATUS && index < FIRST_STATUS + STATUSES.length ? ":status" : "";
    }

    private static int number(ByteBuffer in, int prefixBits) throws IOException {
        int most = (1 << prefixBits) - 1;
        int value = octet(in) & most;
        if (value < most) {
            return value;
        }
        for (int shift = 0; shift <= 14; shift += 7) {
            int next = octet(in);
            value += (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new IOException("the server's headers hold a number that is too large");
    }

    private static String text(ByteBuffer in) throws IOException {
        if (!in.hasRemaining()) {
            throw truncated();
        }
        boolean coded = (in.get(in.position()) & 0x80) != 0;
        int length = number(in, 7);
        if (length > in.remaining()) {
            throw truncated();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return coded ? HuffmanText.decode(bytes) : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static int octet(ByteBuffer in) throws IOException {
        if (!in.hasRemaining()) {
            throw truncated();
        }
        return in.get() & 0xff;
    }

    private static IOException truncated() {
        return new IOException("the server's headers end too early");
    }
}
