package dev.gantry.daemon.store.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.linux.file.ContainerPath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

/** Why tar headers are read by our own code: docs/adr/0005-own-tar-reader.md. */
class TarReaderEvidenceTests {

    private static final String CAPABILITY = "SCHILY.xattr.security.capability";
    private static final byte[] VALUE = HexFormat.of().parseHex("01000002ff2480fe000000000000000000000000");
    private static final byte[] NAME = {'c', 'a', 'f', (byte) 0xE9};

    private final byte[] archive = archive();

    @Test
    void ourReaderKeepsTheBytes() throws IOException {
        try (ArchiveStream stream = new ArchiveStream(new ByteArrayInputStream(archive), UnpackLimits.DEFAULT)) {
            TarEntry entry = new TarReader(stream).next().orElseThrow();
            assertThat(entry.path()).isEqualTo(ContainerPath.of(NAME));
            assertThat(entry.attributes().values()).singleElement().isEqualTo(VALUE);
        }
    }

    @Test
    void commonsCompressLosesThemInEveryEncoding() throws IOException {
        for (String encoding : new String[] {"UTF-8", "ISO-8859-1"}) {
            try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive), encoding)) {
                TarArchiveEntry entry = tar.getNextEntry();
                assertThat(entry.getName()).isEqualTo("caf\uFFFD");
                assertThat(entry.getExtraPaxHeader(CAPABILITY)).contains("\uFFFD");
            }
        }
    }

    private static byte[] archive() {
        byte[] pax = join(record(CAPABILITY, VALUE), record("path", NAME));
        byte[] padded = Arrays.copyOf(pax, (pax.length + 511) / 512 * 512);
        return join(header(pax.length, 'x'), padded, header(0, '0'), new byte[1024]);
    }

    private static byte[] record(String key, byte[] value) {
        byte[] body = join((" " + key + "=").getBytes(StandardCharsets.US_ASCII), value, new byte[] {'\n'});
        int length = body.length + 2;
        return join(Integer.toString(length).getBytes(StandardCharsets.US_ASCII), body);
    }

    private static byte[] header(int size, char type) {
        byte[] header = new byte[512];
        put(header, 0, "file");
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, String.format("%011o\0", size));
        put(header, 136, "00000000000\0");
        put(header, 148, "        ");
        put(header, 156, String.valueOf(type));
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xFF;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
