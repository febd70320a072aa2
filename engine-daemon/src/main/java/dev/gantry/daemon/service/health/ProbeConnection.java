package dev.gantry.daemon.service.health;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/** A connection to what is probed, all of whose waits end at one deadline. Used by one thread; the caller closes it. */
final class ProbeConnection implements AutoCloseable {

    private final SocketChannel channel;
    private final long deadline;

    private ProbeConnection(SocketChannel channel, long deadline) {
        this.channel = channel;
        this.deadline = deadline;
    }

    /** Connects to the first of the addresses that accepts. */
    static ProbeConnection open(ProbeSockets sockets, ProbeAddress address, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<InetSocketAddress> candidates = address.candidates();
        IOException first = new ConnectException("no address");
        for (int i = 0; i < candidates.size(); i++) {
            try {
                return open(sockets, candidates.get(i), deadline);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                first = i == 0 ? e : first;
            }
        }
        throw new IOException("dial tcp " + address.authority() + ": " + first.getMessage(), first);
    }

    private static ProbeConnection open(ProbeSockets sockets, InetSocketAddress address, long deadline)
            throws IOException {
        boolean six = address.getAddress() instanceof Inet6Address;
        SocketChannel channel = sockets.open(six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            ProbeConnection connection = new ProbeConnection(channel, deadline);
            channel.socket().connect(address, connection.millisLeft());
            return connection;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private int millisLeft() throws SocketTimeoutException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("the time is over");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    /** Writes a request; it is small enough for the socket's buffer, so this does not wait for the other side. */
    void write(byte[] bytes) throws IOException {
        channel.socket().getOutputStream().write(bytes);
    }

    /** Reads what is at hand, at least a byte; -1 at the end. */
    int read(byte[] into, int offset, int length) throws IOException {
        channel.socket().setSoTimeout(millisLeft());
        return channel.socket().getInputStream().read(into, offset, length);
    }

    /** Reads exactly so many bytes. */
    byte[] readFully(int length) throws IOException {
        byte[] bytes = new byte[length];
        int filled = 0;
        while (filled < length) {
            int count = read(bytes, filled, length - filled);
            if (count < 0) {
                throw new IOException("the server closed the connection");
            }
            filled += count;
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
