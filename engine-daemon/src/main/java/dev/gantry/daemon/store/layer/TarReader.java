package dev.gantry.daemon.store.layer;

import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.linux.file.Timestamp;
import dev.gantry.daemon.store.layer.TarEntry.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the headers of a tar archive: ustar, GNU (long names, base 256, sparse files) and PAX (paths, sizes, owners,
 * nanoseconds, attributes, sparse files 0.0, 0.1 and 1.0). Every name and value stays the bytes it is, as no decoding of
 * text gives them back. After {@link #next} exactly {@link TarEntry#stored} bytes of data follow in the stream, which the
 * caller takes or leaves; the padding is passed over here.
 */
final class TarReader {

    static final int BLOCK = 512;

    private static final int EXTENSION_MAXIMUM = 1 << 20;
    private static final long ID_MAXIMUM = 0xFFFFFFFEL;
    private static final int USTAR_MAGIC = 257;
    private static final int PREFIX = 345;

    private final ArchiveStream archive;
    private final byte[] header = new byte[BLOCK];
    private long entryData;
    private long takenBefore;
    private long padding;

    TarReader(ArchiveStream archive) {
        this.archive = archive;
    }

    /** Tells that {@code count} bytes of the entry's data were taken from the stream. */
    void taken(long count) {
        takenBefore += count;
    }

    /**
     * The next entry; empty at the end of the archive.
     *
     * @throws dev.gantry.daemon.type.EngineException INVALID when the archive is damaged or holds what a layer cannot
     */
    Optional<TarEntry> next() throws IOException {
        archive.skip(entryData - takenBefore + padding);
        follow(0);
        PaxHeaders pax = new PaxHeaders();
        Optional<String> longName = Optional.empty();
        Optional<String> longLink = Optional.empty();
        while (readHeader()) {
            long size = number(124, 12);
            switch (header[156]) {
                case 'x', 'X' -> pax.add(extension(size));
                case 'g' -> archive.skip(padded(size));
                case 'L' -> longName = Optional.of(text(extension(size)));
                case 'K' -> longLink = Optional.of(text(extension(size)));
                default -> {
                    return Optional.of(entry(pax, longName, longLink));
                }
            }
        }
        return Optional.empty();
    }

    private boolean readHeader() throws IOException {
        if (!archive.readBlock(header) || isZero()) {
            return false;
        }
        long sum = 0;
        long signedSum = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte value = i >= 148 && i < 156 ? (byte) ' ' : header[i];
            sum += value & 0xFF;
            signedSum += value;
        }
        long expected = number(148, 8);
        if (expected != sum && expected != signedSum) {
            throw PaxHeaders.damaged("the checksum of a header is wrong");
        }
        return true;
    }

    private boolean isZero() {
        for (byte value : header) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private byte[] extension(long size) throws IOException {
        if (size < 0 || size > EXTENSION_MAXIMUM) {
            throw PaxHeaders.damaged("a header extension has " + size + " bytes");
        }
        byte[] data = new byte[(int) size];
        archive.readFully(data);
        archive.skip(padded(size) - size);
        return data;
    }

    private static String text(byte[] data) {
        int length = 0;
        while (length < data.length && data[length] != 0) {
            length++;
        }
        return new String(data, 0, length, StandardCharsets.ISO_8859_1);
    }

    private TarEntry entry(PaxHeaders pax, Optional<String> longName, Optional<String> longLink) throws IOException {
        String name = pax.text("GNU.sparse.name")
                .or(() -> pax.text("path"))
                .or(() -> longName)
                .orElseGet(this::headerName);
        String link = pax.text("linkpath").or(() -> longLink).orElseGet(() -> field(157, 100));
        TarEntry.Type type = type(name);
        long inArchive = type == TarEntry.Type.FILE ? pax.number("size").orElseGet(() -> number(124, 12)) : 0;
        if (inArchive < 0) {
            throw PaxHeaders.damaged("a file has a negative size");
        }
        follow(inArchive);
        Content content = content(pax, inArchive);
        Timestamp modified = pax.time("mtime").orElseGet(() -> Timestamp.ofSeconds(number(136, 12)));
        Map<String, byte[]> attributes = pax.attributes();
        return new TarEntry(
                ContainerPath.of(name.getBytes(StandardCharsets.ISO_8859_1)),
                type,
                link,
                (int) number(100, 8) & 07777,
                id(pax.number("uid").orElseGet(() -> number(108, 8))),
                id(pax.number("gid").orElseGet(() -> number(116, 8))),
                inArchive - takenBefore,
                content.size,
                modified,
                pax.time("atime").orElse(modified),
                type == TarEntry.Type.CHARACTER_DEVICE || type == TarEntry.Type.BLOCK_DEVICE ? (int) number(329, 8) : 0,
                type == TarEntry.Type.CHARACTER_DEVICE || type == TarEntry.Type.BLOCK_DEVICE ? (int) number(337, 8) : 0,
                attributes,
                content.segments,
                content.sparse);
    }

    private void follow(long inArchive) {
        entryData = inArchive;
        takenBefore = 0;
        padding = padded(inArchive) - inArchive;
    }

    private record Content(long size, List<Segment> segments, boolean sparse) {}

    private Content content(PaxHeaders pax, long inArchive) throws IOException {
        if (header[156] == 'S') {
            long size = pax.number("GNU.sparse.realsize").orElseGet(() -> number(483, 12));
            SparseMap map = SparseMap.ofOldHeader(header.clone(), archive);
            return new Content(size, map.checked(size, inArchive), true);
        }
        if (!pax.isSparse()) {
            return new Content(inArchive, List.of(), false);
        }
        long size = pax.number("GNU.sparse.realsize")
                .orElseGet(() -> pax.number("GNU.sparse.size").orElse(inArchive));
        if (pax.hasSparseMapInData()) {
            long[] length = new long[1];
            SparseMap map = SparseMap.ofData(archive, length);
            takenBefore = length[0];
            return new Content(size, map.checked(size, inArchive - takenBefore), true);
        }
        return new Content(size, SparseMap.of(pax.sparseNumbers()).checked(size, inArchive), true);
    }

    private TarEntry.Type type(String name) {
        return switch (header[156]) {
            // Before POSIX a directory was a file whose name ends with a slash.
            case 0, '0', '7', 'S' ->
                name.endsWith("/") && header[156] != 'S' ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
            case '1' -> TarEntry.Type.HARD_LINK;
            case '2' -> TarEntry.Type.SYMBOLIC_LINK;
            case '3' -> TarEntry.Type.CHARACTER_DEVICE;
            case '4' -> TarEntry.Type.BLOCK_DEVICE;
            case '5' -> TarEntry.Type.DIRECTORY;
            case '6' -> TarEntry.Type.FIFO;
            default ->
                throw PaxHeaders.damaged("an entry has the type " + (header[156] & 0xFF) + ", which no layer has");
        };
    }

    private String headerName() {
        String name = field(0, 100);
        boolean posix = header[USTAR_MAGIC] == 'u'
                && header[USTAR_MAGIC + 1] == 's'
                && header[USTAR_MAGIC + 2] == 't'
                && header[USTAR_MAGIC + 3] == 'a'
                && header[USTAR_MAGIC + 4] == 'r'
                && header[USTAR_MAGIC + 5] == 0;
        String prefix = posix ? field(PREFIX, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private String field(int start, int length) {
        int end = start;
        while (end < start + length && header[end] != 0) {
            end++;
        }
        return new String(header, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private long number(int start, int length) {
        return TarNumber.parse(header, start, length);
    }

    private static int id(long value) {
        if (value < 0 || value > ID_MAXIMUM) {
            throw PaxHeaders.damaged("an owner has the number " + value);
        }
        return (int) value;
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }
}
