package dev.gantry.daemon.store.layer;

import dev.gantry.daemon.store.layer.TarEntry.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the maps of sparse files, of which an archive must not make the engine keep too many (CVE-2025-58183). */
final class SparseMap {

    private static final int SEGMENTS_MAXIMUM = 65_536;
    private static final int OLD_HEADER_OFFSET = 386;
    private static final int OLD_HEADER_SEGMENTS = 4;
    private static final int OLD_HEADER_MORE = 482;
    private static final int OLD_EXTENSION_SEGMENTS = 21;
    private static final int OLD_EXTENSION_MORE = 504;
    private static final int SEGMENT_LENGTH = 24;

    private final List<Segment> segments = new ArrayList<>();
    private long end;
    private long stored;

    private void add(long offset, long size) {
        if (offset < end || size < 0 || offset + size < offset) {
            throw PaxHeaders.damaged("the map of a sparse file is out of order");
        }
        if (segments.size() >= SEGMENTS_MAXIMUM) {
            throw PaxHeaders.damaged("a sparse file has more than " + SEGMENTS_MAXIMUM + " pieces");
        }
        end = offset + size;
        stored += size;
        if (size > 0) {
            segments.add(new Segment(offset, size));
        }
    }

    /** Checks the map against the sizes of the file and its stored data. */
    List<Segment> checked(long fileSize, long storedSize) {
        if (end > fileSize || stored != storedSize) {
            throw PaxHeaders.damaged("the map of a sparse file does not fit its size");
        }
        return segments;
    }

    /** From offsets and sizes in turn. */
    static SparseMap of(List<Long> numbers) {
        if (numbers.size() % 2 != 0) {
            throw PaxHeaders.damaged("the map of a sparse file has an odd number of values");
        }
        SparseMap map = new SparseMap();
        for (int i = 0; i < numbers.size(); i += 2) {
            map.add(numbers.get(i), numbers.get(i + 1));
        }
        return map;
    }

    /** From an old GNU header and the blocks that continue it. */
    static SparseMap ofOldHeader(byte[] header, ArchiveStream archive) throws IOException {
        SparseMap map = new SparseMap();
        map.addOld(header, OLD_HEADER_OFFSET, OLD_HEADER_SEGMENTS);
        boolean more = header[OLD_HEADER_MORE] != 0;
        byte[] block = new byte[TarReader.BLOCK];
        while (more) {
            archive.readFully(block);
            map.addOld(block, 0, OLD_EXTENSION_SEGMENTS);
            more = block[OLD_EXTENSION_MORE] != 0;
        }
        return map;
    }

    private void addOld(byte[] block, int start, int count) {
        for (int i = 0; i < count; i++) {
            int position = start + i * SEGMENT_LENGTH;
            if (block[position] == 0) {
                return;
            }
            add(TarNumber.parse(block, position, 12), TarNumber.parse(block, position + 12, 12));
        }
    }

    /** From the lines of decimal numbers at the beginning of the data. Returns the bytes it took in {@code length[0]}. */
    static SparseMap ofData(ArchiveStream archive, long[] length) throws IOException {
        Lines lines = new Lines(archive);
        long count = lines.next();
        if (count > SEGMENTS_MAXIMUM) {
            throw PaxHeaders.damaged("a sparse file has more than " + SEGMENTS_MAXIMUM + " pieces");
        }
        SparseMap map = new SparseMap();
        for (long i = 0; i < count; i++) {
            long offset = lines.next();
            map.add(offset, lines.next());
        }
        length[0] = lines.taken;
        return map;
    }

    /** Numbers in decimal, one on a line, in whole blocks. */
    private static final class Lines {

        private static final int DIGITS_MAXIMUM = 19;

        private final ArchiveStream archive;
        private final byte[] block = new byte[TarReader.BLOCK];
        private int position = TarReader.BLOCK;
        long taken;

        Lines(ArchiveStream archive) {
            this.archive = archive;
        }

        long next() throws IOException {
            StringBuilder digits = new StringBuilder();
            while (true) {
                if (position == block.length) {
                    archive.readFully(block);
                    taken += block.length;
                    position = 0;
                }
                char c = (char) block[position++];
                if (c == '\n') {
                    return parse(digits);
                }
                digits.append(c);
                if (c < '0' || c > '9' || digits.length() > DIGITS_MAXIMUM) {
                    throw PaxHeaders.damaged("the map of a sparse file is not made of numbers");
                }
            }
        }

        private static long parse(StringBuilder digits) {
            try {
                return Long.parseLong(digits.toString());
            } catch (NumberFormatException e) {
                throw PaxHeaders.damaged("the map of a sparse file is not made of numbers");
            }
        }
    }
}
