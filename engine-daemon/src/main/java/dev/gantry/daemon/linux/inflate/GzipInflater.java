package dev.gantry.daemon.linux.inflate;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.zip.DataFormatException;

/**
 * Inflates members of a gzip stream with ISA-L, from a buffer of its own into native memory of the caller. For one thread
 * at a time; the owner closes it.
 */
public final class GzipInflater implements AutoCloseable {

    private static final int INPUT_SIZE = 131_072;

    /** The library's {@code struct inflate_state} has 87,368 bytes in 2.30; a later one may grow. */
    private static final int STATE_SIZE = 262_144;

    private static final int NEXT_OUT = 0;
    private static final int AVAIL_OUT = 8;
    private static final int NEXT_IN = 16;
    private static final int AVAIL_IN = 32;
    private static final int BLOCK_STATE = 21_160;
    private static final int CRC_FLAG = 21_172;
    private static final int BLOCK_FINISH = 5;
    private static final int GZIP = 1;

    private final Memory state = new Memory(STATE_SIZE);
    private final Memory input = new Memory(INPUT_SIZE);

    /** Begins with the first member. Only where {@link IsaL#isUsable}. */
    public GzipInflater() {
        state.clear();
        IsaL.isal_inflate_init(state);
        state.setInt(CRC_FLAG, GZIP);
    }

    /** Whether this host has the library and it was found to work. */
    public static boolean isAvailable() {
        return IsaL.isUsable();
    }

    /** Most bytes that {@link #input} takes. */
    public static int inputLimit() {
        return INPUT_SIZE;
    }

    /** Compressed bytes given and not yet used. */
    public int remainingInput() {
        return state.getInt(AVAIL_IN);
    }

    /** Gives more compressed bytes; only when none remain. They are copied. */
    public void input(byte[] bytes, int length) {
        input.write(0, bytes, 0, length);
        state.setPointer(NEXT_IN, input);
        state.setInt(AVAIL_IN, length);
    }

    /** The next compressed byte that was not used, 0 to 255; only when there is one. */
    public int peek() {
        return state.getPointer(NEXT_IN).getByte(0) & 0xFF;
    }

    /** Passes over one compressed byte between members. */
    public void skip() {
        state.setPointer(NEXT_IN, state.getPointer(NEXT_IN).share(1));
        state.setInt(AVAIL_IN, remainingInput() - 1);
    }

    /** Whether the member has ended and its checksum was right. */
    public boolean memberEnded() {
        return state.getInt(BLOCK_STATE) == BLOCK_FINISH;
    }

    /** Goes on to the next member, whose header is the next input. */
    public void nextMember() {
        IsaL.isal_inflate_reset(state);
        state.setInt(CRC_FLAG, GZIP);
    }

    /**
     * Inflates into native memory until it is full, the input is used up or the member ends.
     *
     * @return bytes written, 0 when more input is needed
     * @throws DataFormatException if the stream is damaged
     */
    public int inflate(long address, int size) throws DataFormatException {
        state.setPointer(NEXT_OUT, new Pointer(address));
        state.setInt(AVAIL_OUT, size);
        int result = IsaL.isal_inflate(state);
        if (result != 0) {
            throw new DataFormatException("gzip: damaged data, code " + result);
        }
        return size - state.getInt(AVAIL_OUT);
    }

    @Override
    public void close() {
        state.close();
        input.close();
    }
}
