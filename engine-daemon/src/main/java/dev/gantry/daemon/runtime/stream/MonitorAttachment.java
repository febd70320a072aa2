package dev.gantry.daemon.runtime.stream;

import com.sun.jna.Memory;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.linux.socket.PacketBatch;
import dev.gantry.daemon.linux.socket.PacketSocket;
import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.OutputSink;
import dev.gantry.daemon.type.StreamType;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection to conmon's attach socket. The monitor waits for every connection that does not read, and with it the
 * container: nothing is lost to a slow reader.
 */
public final class MonitorAttachment implements Attachment {

    /** What conmon reads from the container at once; with the stream's number before it, one packet. */
    private static final int PACKET_BYTES = 8192;

    private static final int PACKETS = 32;

    /** Conmon reads packets of up to 32 KiB and cuts off what is longer. */
    private static final int INPUT_BYTES = 16 * 1024;

    private static final byte STDERR = 3;

    private final PacketSocket socket;
    private final boolean stdin;
    private final UseGate gate;
    private final AtomicLong packets = new AtomicLong();

    /**
     * Takes over a connection.
     *
     * @param stdin whether it may write to standard input
     * @param ending what becomes of the connection
     */
    public MonitorAttachment(PacketSocket socket, boolean stdin, Ending ending) {
        this.socket = socket;
        this.stdin = stdin;
        this.gate = new UseGate(() -> ending.interrupt(socket), () -> ending.release(this, socket));
    }

    /** What becomes of a connection when its attachment is closed. */
    public interface Ending {

        /** Makes calls that wait on the connection return. */
        void interrupt(PacketSocket socket);

        /** Takes the connection back when no thread uses it any more. */
        void release(MonitorAttachment attachment, PacketSocket socket);
    }

    @Override
    public void readOutput(OutputSink sink) {
        gate.use(() -> {
            PacketBatch batch = new PacketBatch(PACKETS, PACKET_BYTES);
            while (true) {
                int count = socket.receiveAtHand(batch);
                if (count == FdStream.NOTHING) {
                    sink.flush();
                    count = socket.receive(batch);
                }
                if (count == 0) {
                    sink.flush();
                    return;
                }
                packets.addAndGet(count);
                deliver(batch, count, sink);
            }
        });
    }

    /** Full packets of one stream in a row lie side by side and go on as one. */
    private static void deliver(PacketBatch batch, int count, OutputSink sink) {
        int first = 0;
        while (first < count) {
            byte lead = batch.lead(first);
            int length = batch.bodyLength(first);
            int next = first + 1;
            while (next < count && batch.isFull(next - 1) && batch.lead(next) == lead) {
                length += batch.bodyLength(next);
                next++;
            }
            sink.write(lead == STDERR ? StreamType.STDERR : StreamType.STDOUT, batch.bytes(first, length));
            first = next;
        }
    }

    @Override
    public void writeInput(ByteBuffer bytes) {
        if (!stdin) {
            bytes.position(bytes.limit());
            return;
        }
        gate.use(() -> {
            Memory memory = new Memory(Math.max(1, Math.min(INPUT_BYTES, bytes.remaining())));
            while (bytes.hasRemaining()) {
                int length = Math.min((int) memory.size(), bytes.remaining());
                memory.getByteBuffer(0, length).put(bytes.slice(bytes.position(), length));
                bytes.position(bytes.position() + length);
                if (!socket.send(memory, length)) {
                    bytes.position(bytes.limit());
                }
            }
        });
    }

    @Override
    public void endInput() {
        if (stdin) {
            gate.use(socket::shutdownSending);
        }
    }

    /** How many packets came so far: tells a slow reader from one that stopped. */
    public long packets() {
        return packets.get();
    }

    @Override
    public void close() {
        gate.close();
    }
}
