package dev.gantry.daemon.store.layer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes archives entry by entry, also such as no honest program would write. */
final class TestArchive {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    TestArchive file(String name, String content) {
        return entry('0', name, "", 0644, content);
    }

    TestArchive directory(String name, int mode) {
        return entry('5', name, "", mode, "");
    }

    TestArchive symbolicLink(String name, String target) {
        return entry('2', name, target, 0777, "");
    }

    TestArchive hardLink(String name, String target) {
        return entry('1', name, target, 0644, "");
    }

    /** A header extension of PAX for the next entry. */
    TestArchive pax(String... keysAndValues) {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            String body = " " + keysAndValues[i] + "=" + keysAndValues[i + 1] + "\n";
            int length = body.length() + 1;
            while (Integer.toString(length).length() + body.length() != length) {
                length++;
            }
            records.append(length).append(body);
        }
        return entry('x', "pax", "", 0644, records.toString());
    }

    /** Text is taken as characters of ISO 8859-1. */
    TestArchive entry(char type, String name, String link, int mode, String content) {
        byte[] data = content.getBytes(StandardCharsets.ISO_8859_1);
        header(type, name, link, mode, data.length);
        bytes.writeBytes(data);
        bytes.writeBytes(new byte[(512 - data.length % 512) % 512]);
        return this;
    }

    TestArchive header(char type, String name, String link, int mode, long size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, String.format("%07o", mode));
        put(header, 108, String.format("%07o", 0));
        put(header, 116, String.format("%07o", 0));
        put(header, 124, String.format("%011o", size));
        put(header, 136, String.format("%011o", 1_700_000_000L));
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar");
        put(header, 263, "00");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xFF;
        }
        put(header, 148, String.format("%06o", sum));
        header[154] = 0;
        bytes.writeBytes(header);
        return this;
    }

    private static void put(byte[] header, int start, String text) {
        byte[] value = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(value, 0, header, start, value.length);
    }

    byte[] toBytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(bytes.toByteArray());
        whole.writeBytes(new byte[1024]);
        return whole.toByteArray();
    }

    InputStream open() {
        return new ByteArrayInputStream(toBytes());
    }
}
