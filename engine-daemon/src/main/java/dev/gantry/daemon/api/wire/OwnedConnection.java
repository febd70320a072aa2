package dev.gantry.daemon.api.wire;

import dev.gantry.daemon.linux.SocketState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.catalina.connector.Request;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;

/**
 * A client's socket taken out of Tomcat's hands: its channel, its first bytes, and who wants to know when the client
 * goes. One thread may read while others write; close may come from any thread and wakes them all.
 *
 * <p>The channel stays registered with Tomcat's poller, without interest in any event, and non-blocking: cancelling
 * the key from here races with the poller, which closes sockets whose keys it finds cancelled.
 */
final class OwnedConnection implements AutoCloseable {

    private static final int PREFETCH = 64 * 1024;

    /** Longest wait in the kernel before looking whether the connection has been closed by another thread. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final NioSocketWrapper wrapper;
    private final SocketChannel channel;
    private final int descriptor;
    private final Connections connections;
    private final ByteBuffer received;
    private final ReentrantLock writing = new ReentrantLock();
    private final Object state = new Object();
    private final List<Runnable> goneActions = new ArrayList<>();
    private boolean gone;
    private boolean closed;

    private OwnedConnection(NioSocketWrapper wrapper, ByteBuffer received, Connections connections) {
        this.wrapper = wrapper;
        this.channel = wrapper.getSocket().getIOChannel();
        this.descriptor = ChannelDescriptor.of(channel);
        this.received = received;
        this.connections = connections;
    }

    /**
     * Takes the socket of a request over. Nothing that Tomcat does reaches the client from now on.
     *
     * @param overread what was read past the end of the request's body
     */
    static OwnedConnection take(Request request, ByteBuffer overread, Connections connections) throws IOException {
        EngineHttpProcessor processor = EngineHttpProcessor.of(request.getCoyoteRequest());
        NioSocketWrapper wrapper = (NioSocketWrapper) processor.socket();
        ByteBuffer received = prefetch(processor, wrapper, overread);
        OwnedConnection connection = new OwnedConnection(wrapper, received, connections);
        processor.abandonResponse();
        request.getResponse().setSuspended(true);
        connections.add(connection);
        return connection;
    }

    private static ByteBuffer prefetch(EngineHttpProcessor processor, NioSocketWrapper wrapper, ByteBuffer overread)
            throws IOException {
        ByteBuffer leftover = processor.getLeftoverInput();
        int buffered = overread.remaining() + (leftover == null ? 0 : leftover.remaining());
        ByteBuffer received = ByteBuffer.allocate(buffered + PREFETCH);
        received.put(overread);
        if (leftover != null) {
            received.put(leftover);
        }
        while (!wrapper.getSocketBufferHandler().isReadBufferEmpty() && received.hasRemaining()) {
            wrapper.read(false, received);
        }
        received.flip();
        return received.hasRemaining() ? received : ByteBuffer.allocate(0);
    }

    int descriptor() {
        return descriptor;
    }

    /** Reads at least one byte; -1 when the client has ended its side or the connection is closed. */
    int read(ByteBuffer target) throws IOException {
        if (received.hasRemaining()) {
            int count = Math.min(received.remaining(), target.remaining());
            target.put(target.position(), received, received.position(), count);
            target.position(target.position() + count);
            received.position(received.position() + count);
            return count;
        }
        try {
            int count = channel.read(target);
            while (count == 0 && target.hasRemaining()) {
                SocketState.awaitReadable(descriptor, LOOK);
                count = channel.read(target);
            }
            return count;
        } catch (IOException reset) {
            clientGone();
            return -1;
        }
    }

    void write(ByteBuffer... buffers) throws IOException {
        writing.lock();
        try {
            while (anyRemaining(buffers)) {
                if (channel.write(buffers) == 0) {
                    SocketState.awaitWritable(descriptor, LOOK);
                }
            }
        } catch (IOException e) {
            clientGone();
            throw new ClientGoneException(e);
        } finally {
            writing.unlock();
        }
    }

    /** Writes what the client takes at once, which may be nothing; does not wait for it, nor for another writer. */
    void offer(ByteBuffer bytes) {
        if (!writing.tryLock()) {
            return;
        }
        try {
            channel.write(bytes);
        } catch (IOException gone) {
            clientGone();
        } finally {
            writing.unlock();
        }
    }

    private static boolean anyRemaining(ByteBuffer... buffers) {
        for (ByteBuffer buffer : buffers) {
            if (buffer.hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    boolean isOpen() {
        synchronized (state) {
            return !closed;
        }
    }

    void onGone(Runnable action) {
        synchronized (state) {
            if (!gone) {
                goneActions.add(action);
                return;
            }
        }
        action.run();
    }

    /** Tells who wants to know that nobody reads any more. What the client sent before can still be read. */
    void clientGone() {
        List<Runnable> actions;
        synchronized (state) {
            if (gone) {
                return;
            }
            gone = true;
            actions = List.copyOf(goneActions);
            goneActions.clear();
        }
        connections.unwatch(this);
        actions.forEach(Runnable::run);
    }

    @Override
    public void close() {
        synchronized (state) {
            if (closed) {
                return;
            }
            closed = true;
        }
        connections.remove(this);
        endBothSides();
        wrapper.close();
        // the poller gives the descriptor back
        wrapper.getPoller().getSelector().wakeup();
        clientGone();
    }

    /** Ends both directions first, so that the client reads the end of the output and not a reset. */
    private void endBothSides() {
        try {
            channel.shutdownOutput();
            channel.shutdownInput();
            SocketState.discardInput(descriptor);
        } catch (IOException gone) {
            // the client was faster; there is nobody left to end anything for
            return;
        }
    }
}
