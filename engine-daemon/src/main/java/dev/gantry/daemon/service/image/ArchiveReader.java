package dev.gantry.daemon.service.image;

import dev.gantry.daemon.type.EngineException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the entries of a tar archive of images: names, sizes and contents, in the forms of ustar, PAX and GNU. Needs
 * little memory whatever the archive claims. For one thread; the owner closes the source.
 */
final class ArchiveReader {

    private static final int BLOCK = 512;
    /** Long names and extended headers; what is meant is far shorter. */
    private static final int MAX_HEADER = 64 << 10;

    private final InputStream source;
    private final byte[] block = new byte[BLOCK];
    private long left;
    private long padding;

    ArchiveReader(InputStream source) {
        this.source = source;
    }

    /** Goes on to the next entry; empty at the end of the archive. */
    Optional<ArchiveEntry> next() throws IOException {
        Map<String, String> extended = new HashMap<>();
        while (true) {
            skip(left + padding);
            left = 0;
            padding = 0;
            if (!readBlock()) {
                return Optional.empty();
            }
            checkSum();
            long size = number(124, 12);
            switch ((char) block[156]) {
                case 'L' -> extended.put("path", longText(size));
                case 'K' -> extended.put("linkpath", longText(size));
                case 'x' -> readExtended(size, extended);
                case 'g' -> begin(size);
                default -> {
                    return Optional.of(entry(extended, size));
                }
            }
        }
    }

    /** The content of the entry at hand. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (left == 0) {
                    return length == 0 ? 0 : -1;
                }
                int count = source.read(buffer, offset, (int) Math.min(length, left));
                if (count < 0) {
                    throw new EOFException("unexpected EOF");
                }
                left -= count;
                return count;
            }
        };
    }

    private ArchiveEntry entry(Map<String, String> extended, long headerSize) {
        ArchiveEntry.Type type = switch ((char) block[156]) {
            case '0', '7', '\0' -> ArchiveEntry.Type.FILE;
            case '1' -> ArchiveEntry.Type.HARD_LINK;
            case '2' -> ArchiveEntry.Type.SYMBOLIC_LINK;
            default -> ArchiveEntry.Type.OTHER;
        };
        String claimed = extended.get("size");
        long size = claimed == null ? headerSize : decimal(claimed);
        begin(type == ArchiveEntry.Type.HARD_LINK || type == ArchiveEntry.Type.SYMBOLIC_LINK ? 0 : size);
        String name = extended.getOrDefault("path", ustarName());
        return new ArchiveEntry(
                ArchivePath.normal(name), type, size, extended.getOrDefault("linkpath", text(157, 100)));
    }

    private String ustarName() {
        boolean ustar = text(257, 5).equals("ustar") && block[262] == 0;
        String prefix = ustar ? text(345, 155) : "";
        return prefix.isEmpty() ? text(0, 100) : prefix + "/" + text(0, 100);
    }

    private void begin(long size) {
        left = size;
        padding = (BLOCK - size % BLOCK) % BLOCK;
    }

    private byte[] header(long size) throws IOException {
        if (size > MAX_HEADER) {
            throw EngineException.invalid("The archive has a header of " + size + " bytes, more than " + MAX_HEADER);
        }
        begin(size);
        byte[] content = content().readNBytes((int) size);
        if (content.length < size) {
            throw new EOFException("unexpected EOF");
        }
        return content;
    }

    private String longText(long size) throws IOException {
        byte[] content = header(size);
        int end = 0;
        while (end < content.length && content[end] != 0) {
            end++;
        }
        return new String(content, 0, end, StandardCharsets.UTF_8);
    }

    /** Records of the form {@code length key=value\n}. */
    private void readExtended(long size, Map<String, String> extended) throws IOException {
        byte[] content = header(size);
        int position = 0;
        while (position < content.length) {
            int space = position;
            while (space < content.length && content[space] != ' ') {
                space++;
            }
            long length = decimal(new String(content, position, space - position, StandardCharsets.US_ASCII));
            long end = position + length;
            if (end > content.length || end - 1 <= space) {
                throw invalid();
            }
            String record = new String(content, space + 1, (int) end - space - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals < 0) {
                throw invalid();
            }
            extended.put(record.substring(0, equals), record.substring(equals + 1));
            position = (int) end;
        }
    }

    private boolean readBlock() throws IOException {
        int count = source.readNBytes(block, 0, BLOCK);
        if (count == 0) {
            return false;
        }
        if (count < BLOCK) {
            throw new EOFException("unexpected EOF");
        }
        for (byte b : block) {
            if (b != 0) {
                return true;
            }
        }
        return false;
    }

    private void checkSum() {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xFF;
        }
        if (sum != number(148, 8)) {
            throw invalid();
        }
    }

    private void skip(long count) throws IOException {
        source.skipNBytes(count);
    }

    private long number(int offset, int length) {
        if ((block[offset] & 0x80) != 0) {
            long value = block[offset] & 0x7F;
            for (int i = 1; i < length; i++) {
                if (value >>> 54 != 0) {
                    throw invalid();
                }
                value = (value << 8) | (block[offset + i] & 0xFF);
            }
            return value;
        }
        String digits = text(offset, length).strip();
        if (digits.isEmpty()) {
            return 0;
        }
        if (!digits.matches("[0-7]{1,20}")) {
            throw invalid();
        }
        return Long.parseLong(digits, 8);
    }

    private static long decimal(String digits) {
        if (!digits.matches("[0-9]{1,18}")) {
            throw invalid();
        }
        return Long.parseLong(digits);
    }

    private String text(int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return new String(block, offset, end - offset, StandardCharsets.UTF_8);
    }

    // compat: docker's text
    private static EngineException invalid() {
        return EngineException.invalid("archive/tar: invalid tar header");
    }
}
