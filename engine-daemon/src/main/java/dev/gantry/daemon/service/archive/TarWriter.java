package dev.gantry.daemon.service.archive;

import dev.gantry.daemon.linux.file.FileStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a tar archive: ustar headers, with PAX records where a value does not fit, for nanoseconds and for extended
 * attributes. Names are bytes, held as characters of ISO 8859-1. For one thread.
 */
final class TarWriter {

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final long OCTAL_7 = 07777777;
    private static final long OCTAL_11 = 077777777777L;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes the header of an entry; after that of a regular file exactly {@code status.size()} bytes of data have to
     * follow, then {@link #pad}.
     *
     * @param link of symbolic and hard links the target
     * @param type the type flag of the header
     */
    void header(String name, char type, FileStatus status, String link, Map<String, byte[]> attributes)
            throws IOException {
        long size = type == '0' ? status.size() : 0;
        long seconds = status.modified().seconds();
        Map<String, byte[]> pax = new TreeMap<>();
        if (name.length() > NAME_LENGTH || !isAscii(name)) {
            pax.put("path", latin1(name));
        }
        if (link.length() > NAME_LENGTH || !isAscii(link)) {
            pax.put("linkpath", latin1(link));
        }
        unlessFits(pax, "size", size, OCTAL_11);
        unlessFits(pax, "uid", Integer.toUnsignedLong(status.user()), OCTAL_7);
        unlessFits(pax, "gid", Integer.toUnsignedLong(status.group()), OCTAL_7);
        if (status.modified().nanos() != 0 || seconds < 0 || seconds > OCTAL_11) {
            pax.put("mtime", latin1(time(seconds, status.modified().nanos())));
        }
        attributes.forEach((attribute, value) -> pax.put("SCHILY.xattr." + attribute, value));
        if (!pax.isEmpty()) {
            writePax(pax);
        }
        out.write(block(name, type, status, link, size, Math.max(0, Math.min(seconds, OCTAL_11))));
    }

    /** Writes data of the entry whose header was written last. */
    void data(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
    }

    /** Fills up after so many bytes of data. */
    void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }

    /** Writes the end of the archive. */
    void end() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    private void writePax(Map<String, byte[]> records) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        records.forEach((key, value) -> {
            byte[] start = latin1(" " + key + "=");
            int length = start.length + value.length + 1;
            int digits = Integer.toString(length).length();
            int total = length + digits;
            total = length + Integer.toString(total).length();
            data.writeBytes(latin1(Integer.toString(total)));
            data.writeBytes(start);
            data.writeBytes(value);
            data.write('\n');
        });
        byte[] header = new byte[BLOCK];
        text(header, 0, "PaxHeaders/entry", NAME_LENGTH);
        number(header, 100, 8, 0644);
        number(header, 108, 8, 0);
        number(header, 116, 8, 0);
        number(header, 124, 12, data.size());
        number(header, 136, 12, 0);
        header[156] = 'x';
        finish(header);
        out.write(header);
        data.writeTo(out);
        pad(data.size());
    }

    private static byte[] block(String name, char type, FileStatus status, String link, long size, long seconds) {
        byte[] header = new byte[BLOCK];
        text(header, 0, name, NAME_LENGTH);
        number(header, 100, 8, status.permissions());
        number(header, 108, 8, Math.min(OCTAL_7, Integer.toUnsignedLong(status.user())));
        number(header, 116, 8, Math.min(OCTAL_7, Integer.toUnsignedLong(status.group())));
        number(header, 124, 12, Math.min(OCTAL_11, size));
        number(header, 136, 12, seconds);
        header[156] = (byte) type;
        text(header, 157, link, NAME_LENGTH);
        boolean device = type == '3' || type == '4';
        number(header, 329, 8, device ? status.deviceMajor() : 0);
        number(header, 337, 8, device ? status.deviceMinor() : 0);
        finish(header);
        return header;
    }

    private static void finish(byte[] header) {
        text(header, 257, "ustar", 6);
        text(header, 263, "00", 2);
        Arrays.fill(header, 148, 156, (byte) ' ');
        long sum = 0;
        for (byte value : header) {
            sum += value & 0xff;
        }
        number(header, 148, 7, sum);
    }

    private static void unlessFits(Map<String, byte[]> pax, String key, long value, long most) {
        if (value > most) {
            pax.put(key, latin1(Long.toString(value)));
        }
    }

    /** Seconds with a fraction; before the epoch the fraction counts away from it. */
    private static String time(long seconds, int nanos) {
        boolean negative = seconds < 0;
        long whole = negative && nanos > 0 ? seconds + 1 : seconds;
        int fraction = negative && nanos > 0 ? 1_000_000_000 - nanos : nanos;
        String sign = negative && whole == 0 ? "-" : "";
        return sign + whole + (fraction == 0 ? "" : String.format(".%09d", fraction));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void text(byte[] header, int at, String text, int length) {
        byte[] bytes = latin1(text);
        System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, length));
    }

    private static void number(byte[] header, int at, int length, long value) {
        String digits = Long.toOctalString(value);
        text(header, at, "0".repeat(Math.max(0, length - 1 - digits.length())) + digits, length - 1);
    }
}
