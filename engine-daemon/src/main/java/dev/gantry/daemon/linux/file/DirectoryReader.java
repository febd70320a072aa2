package dev.gantry.daemon.linux.file;

import com.sun.jna.LastErrorException;
import dev.gantry.daemon.linux.Fd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Lists open directories, with names as bytes, so that no locale can hide a file. */
public final class DirectoryReader {

    private static final int BUFFER_SIZE = 32_768;
    private static final int HEADER_SIZE = 19;

    /**
     * A name in a directory.
     *
     * @param name in the form of {@link PathBytes}
     * @param directory whether it is a directory, as far as the file system says so without a look at the inode
     * @param known whether the file system said anything about the type
     */
    @SuppressWarnings("ArrayRecordComponent") // The kernel's names are bytes; nobody compares entries.
    public record Entry(byte[] name, boolean directory, boolean known) {}

    private static final int DT_UNKNOWN = 0;
    private static final int DT_DIR = 4;

    private DirectoryReader() {}

    /** All names but {@code .} and {@code ..}, from the descriptor's position on. */
    public static List<Entry> read(Fd directory) {
        List<Entry> entries = new ArrayList<>();
        byte[] buffer = new byte[BUFFER_SIZE];
        while (true) {
            int length = readSome(directory, buffer);
            if (length <= 0) {
                return entries;
            }
            gather(buffer, length, entries);
        }
    }

    private static int readSome(Fd directory, byte[] buffer) {
        try {
            return (int) CLibrary.getdents64(directory.number(), buffer, buffer.length);
        } catch (LastErrorException e) {
            throw FileCalls.failed("getdents64", directory, e);
        }
    }

    private static void gather(byte[] buffer, int length, List<Entry> entries) {
        ByteBuffer records = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
        int offset = 0;
        while (offset < length) {
            int start = offset + HEADER_SIZE;
            int end = start;
            while (buffer[end] != 0) {
                end++;
            }
            boolean self = buffer[start] == '.' && (end - start == 1 || (end - start == 2 && buffer[start + 1] == '.'));
            if (!self) {
                int type = buffer[offset + 18];
                entries.add(new Entry(PathBytes.of(buffer, start, end - start), type == DT_DIR, type != DT_UNKNOWN));
            }
            offset += records.getShort(offset + 16) & 0xFFFF;
        }
    }
}
