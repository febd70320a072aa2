package dev.gantry.cli.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a tar from a stream that the caller closes. */
public final class TarReader {

    private static final int BLOCK = 512;
    private static final long MAX_META_BYTES = 1024 * 1024;

    private final InputStream in;
    private long remaining;
    private long padding;

    public TarReader(InputStream in) {
        this.in = in;
    }

    /** Reads the next member; what is left of the one before is skipped. Null at the end. */
    public @Nullable TarEntry next() throws IOException {
        Map<String, String> extended = new HashMap<>();
        while (true) {
            in.skipNBytes(remaining + padding);
            byte[] block = in.readNBytes(BLOCK);
            if (block.length == 0 || isZero(block)) {
                return null;
            }
            if (block.length < BLOCK) {
                throw new EOFException("the tar ends in the middle of a header");
            }
            char type = (char) block[156];
            size(
                    extended.containsKey("size") && type != 'x'
                            ? Long.parseLong(extended.getOrDefault("size", "0"))
                            : number(block, 124, 12));
            switch (type) {
                case 'x' -> readRecords(meta(), extended);
                case 'g' -> meta();
                case 'L' -> extended.put("path", withoutZeros(meta()));
                case 'K' -> extended.put("linkpath", withoutZeros(meta()));
                default -> {
                    return entry(block, type, extended);
                }
            }
        }
    }

    /** Copies the content of the current member. */
    public void copyTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        while (remaining > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, remaining));
            if (count < 0) {
                throw new EOFException("the tar ends in the middle of a file");
            }
            out.write(buffer, 0, count);
            remaining -= count;
        }
    }

    private TarEntry entry(byte[] block, char type, Map<String, String> extended) {
        String prefix = text(block, 345, 155);
        boolean ustar = text(block, 257, 5).equals("ustar") && block[262] == 0;
        String name = (ustar && !prefix.isEmpty() ? prefix + "/" : "") + text(block, 0, 100);
        return new TarEntry(
                extended.getOrDefault("path", name),
                type,
                (int) number(block, 100, 8),
                (int) number(block, 108, 8),
                (int) number(block, 116, 8),
                remaining,
                number(block, 136, 12),
                extended.getOrDefault("linkpath", text(block, 157, 100)));
    }

    private void size(long size) throws IOException {
        if (size < 0) {
            throw new IOException("the tar has a member of negative size");
        }
        remaining = size;
        padding = (BLOCK - size % BLOCK) % BLOCK;
    }

    private byte[] meta() throws IOException {
        if (remaining > MAX_META_BYTES) {
            throw new IOException("the tar has an extended header of " + remaining + " bytes");
        }
        byte[] data = in.readNBytes((int) remaining);
        remaining -= data.length;
        return data;
    }

    private static void readRecords(byte[] data, Map<String, String> to) throws IOException {
        int at = 0;
        while (at < data.length) {
            int space = at;
            while (space < data.length && data[space] != ' ') {
                space++;
            }
            int length = parse(new String(data, at, space - at, StandardCharsets.US_ASCII), 10);
            if (length <= space - at || length > data.length - at) {
                throw new IOException("the tar has an invalid extended header");
            }
            String pair = new String(data, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
            int equals = pair.indexOf('=');
            if (equals > 0) {
                to.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
            at += length;
        }
    }

    private static int parse(String digits, int radix) throws IOException {
        try {
            return Integer.parseInt(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("the tar has an invalid number", e);
        }
    }

    private static long number(byte[] block, int at, int width) throws NumberFormatException {
        if ((block[at] & 0x80) != 0) {
            long value = block[at] & 0x7f;
            for (int i = at + 1; i < at + width; i++) {
                value = value << 8 | (block[i] & 0xff);
            }
            return value;
        }
        String digits = text(block, at, width).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static String text(byte[] block, int at, int width) {
        int end = at;
        while (end < at + width && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    private static String withoutZeros(byte[] data) {
        return text(data, 0, data.length);
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
