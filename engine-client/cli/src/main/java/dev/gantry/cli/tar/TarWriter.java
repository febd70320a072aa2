package dev.gantry.cli.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a tar to a stream that the caller closes. Long names and large numbers go into PAX headers. */
public final class TarWriter {

    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int MODE_AT = 100;
    private static final int UID_AT = 108;
    private static final int GID_AT = 116;
    private static final int SIZE_AT = 124;
    private static final int TIME_AT = 136;
    private static final int SUM_AT = 148;
    private static final int TYPE_AT = 156;
    private static final int LINK_AT = 157;
    private static final int MAGIC_AT = 257;
    private static final long MAX_OCTAL_11 = 0_77777777777L;
    private static final int MAX_OCTAL_7 = 0_7777777;

    private final OutputStream out;

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes a member; exactly its size is read from the content. */
    public void write(TarEntry entry, InputStream content) throws IOException {
        StringBuilder extended = new StringBuilder();
        if (bytes(entry.name()).length > NAME_BYTES) {
            extended.append(record("path", entry.name()));
        }
        if (bytes(entry.linkTarget()).length > NAME_BYTES) {
            extended.append(record("linkpath", entry.linkTarget()));
        }
        if (entry.size() > MAX_OCTAL_11) {
            extended.append(record("size", Long.toString(entry.size())));
        }
        if (entry.userId() > MAX_OCTAL_7) {
            extended.append(record("uid", Integer.toString(entry.userId())));
        }
        if (entry.groupId() > MAX_OCTAL_7) {
            extended.append(record("gid", Integer.toString(entry.groupId())));
        }
        if (!extended.isEmpty()) {
            byte[] data = bytes(extended.toString());
            out.write(header(new TarEntry("PaxHeader", 'x', 0_644, 0, 0, data.length, 0, "")));
            out.write(data);
            pad(data.length);
        }
        out.write(header(entry));
        copy(content, entry);
    }

    /** Writes the end of the tar. */
    public void finish() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    private void copy(InputStream content, TarEntry entry) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long remaining = entry.size();
        while (remaining > 0) {
            int count = content.read(buffer, 0, (int) Math.min(buffer.length, remaining));
            if (count < 0) {
                throw new EOFException(entry.name() + " has become shorter while it was read");
            }
            out.write(buffer, 0, count);
            remaining -= count;
        }
        pad(entry.size());
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }

    private static byte[] header(TarEntry entry) {
        byte[] block = new byte[BLOCK];
        text(block, 0, NAME_BYTES, entry.name());
        octal(block, MODE_AT, 8, entry.mode());
        octal(block, UID_AT, 8, Math.min(entry.userId(), MAX_OCTAL_7));
        octal(block, GID_AT, 8, Math.min(entry.groupId(), MAX_OCTAL_7));
        octal(block, SIZE_AT, 12, Math.min(entry.size(), MAX_OCTAL_11));
        octal(block, TIME_AT, 12, Math.max(0, entry.modified()));
        block[TYPE_AT] = (byte) entry.type();
        text(block, LINK_AT, NAME_BYTES, entry.linkTarget());
        text(block, MAGIC_AT, 8, "ustar\00000");
        Arrays.fill(block, SUM_AT, SUM_AT + 8, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        octal(block, SUM_AT, 7, sum);
        return block;
    }

    private static String record(String key, String value) {
        int content = bytes(" " + key + "=" + value + "\n").length;
        int length = content + Integer.toString(content).length();
        if (Integer.toString(length).length() + content != length) {
            length++;
        }
        return length + " " + key + "=" + value + "\n";
    }

    private static void octal(byte[] block, int at, int width, long value) {
        String digits = Long.toOctalString(value);
        text(block, at, width, "0".repeat(Math.max(0, width - 1 - digits.length())) + digits);
    }

    private static void text(byte[] block, int at, int width, String text) {
        byte[] bytes = bytes(text);
        System.arraycopy(bytes, 0, block, at, Math.min(width, bytes.length));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
