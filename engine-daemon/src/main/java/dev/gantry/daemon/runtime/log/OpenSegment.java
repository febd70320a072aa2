package dev.gantry.daemon.runtime.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** An open file of a log, readable to its end also when it has been removed. For one thread; whoever opens it closes. */
final class OpenSegment implements AutoCloseable {

    private static final int GZIP_BUFFER = 64 * 1024;

    private final Segment segment;
    private final FileChannel channel;
    private final Optional<InputStream> expanded;
    private long position;

    private OpenSegment(Segment segment, FileChannel channel, Optional<InputStream> expanded) {
        this.segment = segment;
        this.channel = channel;
        this.expanded = expanded;
    }

    /** @throws java.nio.file.NoSuchFileException where it is gone */
    static OpenSegment open(Segment segment) throws IOException {
        FileChannel channel = FileChannel.open(segment.file());
        if (!segment.compressed()) {
            return new OpenSegment(segment, channel, Optional.empty());
        }
        try {
            return new OpenSegment(
                    segment, channel, Optional.of(new GZIPInputStream(Channels.newInputStream(channel), GZIP_BUFFER)));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    long number() {
        return segment.number();
    }

    Object key() {
        return segment.key();
    }

    /** The size on disk when it was opened. */
    long size() {
        return segment.size();
    }

    long position() {
        return position;
    }

    /** Goes on reading from there. */
    void seek(long target) throws IOException {
        if (expanded.isPresent()) {
            expanded.get().skipNBytes(target - position);
        }
        position = target;
    }

    /** Whether less is there than was read already: somebody cut it. */
    boolean wasCut() throws IOException {
        return expanded.isEmpty() && channel.size() < position;
    }

    /** Reads what fits into an array's buffer; 0 or less where there is nothing more just now. */
    int read(ByteBuffer room) throws IOException {
        int count;
        if (expanded.isPresent()) {
            count = expanded.get().read(room.array(), room.arrayOffset() + room.position(), room.remaining());
        } else {
            count = channel.read(room, position);
        }
        position += Math.max(0, count);
        return count;
    }

    /** The content as a file that can be read from its end: of a compressed one, a copy without a name. */
    FileChannel seekable() throws IOException {
        if (expanded.isEmpty()) {
            return channel;
        }
        Path copy = Files.createTempFile("gantry-log", null);
        FileChannel target = FileChannel.open(
                copy, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            expanded.get().transferTo(Channels.newOutputStream(target));
            return target;
        } catch (IOException | RuntimeException e) {
            target.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
