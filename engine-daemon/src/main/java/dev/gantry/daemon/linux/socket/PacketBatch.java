package dev.gantry.daemon.linux.socket;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;

/**
 * Room for several packets, each with one leading byte apart from its body. Bodies lie side by side, so that full
 * packets in a row form one run of bytes. Used by one thread.
 */
public final class PacketBatch {

    private static final int HEADER_BYTES = 64;
    private static final int VECTOR_BYTES = 16;
    private static final int VECTORS = 2;
    private static final int VECTOR_POINTER = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int LENGTH = 56;

    private final int capacity;
    private final int bodyBytes;
    private final Memory headers;
    private final Memory vectors;
    private final Memory leads;
    private final Memory bodies;
    private final ByteBuffer bodyView;

    /**
     * @param capacity how many packets, at least 1
     * @param bodyBytes the longest body; what a packet has beyond is cut off
     */
    public PacketBatch(int capacity, int bodyBytes) {
        this.capacity = capacity;
        this.bodyBytes = bodyBytes;
        this.headers = new Memory((long) capacity * HEADER_BYTES);
        this.vectors = new Memory((long) capacity * VECTORS * VECTOR_BYTES);
        this.leads = new Memory(capacity);
        this.bodies = new Memory((long) capacity * bodyBytes);
        this.bodyView = bodies.getByteBuffer(0, bodies.size());
        headers.clear();
        for (int i = 0; i < capacity; i++) {
            long vector = (long) i * VECTORS * VECTOR_BYTES;
            vectors.setPointer(vector, leads.share(i));
            vectors.setLong(vector + Long.BYTES, 1);
            vectors.setPointer(vector + VECTOR_BYTES, bodies.share((long) i * bodyBytes));
            vectors.setLong(vector + VECTOR_BYTES + Long.BYTES, bodyBytes);
            headers.setPointer((long) i * HEADER_BYTES + VECTOR_POINTER, vectors.share(vector));
            headers.setLong((long) i * HEADER_BYTES + VECTOR_COUNT, VECTORS);
        }
    }

    public int capacity() {
        return capacity;
    }

    /** The first byte of a packet. */
    public byte lead(int index) {
        return leads.getByte(index);
    }

    /** How many bytes follow the first. */
    public int bodyLength(int index) {
        return Math.max(0, headers.getInt((long) index * HEADER_BYTES + LENGTH) - 1);
    }

    /** Whether the packet's body reaches up to where the next one's begins. */
    public boolean isFull(int index) {
        return bodyLength(index) == bodyBytes;
    }

    /** A view of some bytes from the start of a packet's body on; valid until the next call or receive. */
    public ByteBuffer bytes(int index, int length) {
        int start = index * bodyBytes;
        return bodyView.limit(start + length).position(start);
    }

    Memory headers() {
        return headers;
    }

    /** Packets up to the first empty one: an empty packet is how the end of a connection shows. */
    int received(int count) {
        for (int i = 0; i < count; i++) {
            if (headers.getInt((long) i * HEADER_BYTES + LENGTH) == 0) {
                return i;
            }
        }
        return count;
    }
}
