package dev.gantry.daemon.network;

import dev.gantry.daemon.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Servers that tell their callers where they seem to come from, and calls to them, from any namespace. */
final class TestTraffic implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 3_000;
    private static final int SILENCE_MILLIS = 700;

    private final List<Channel> servers = new ArrayList<>();

    /** A TCP server that answers every connection with the caller's address. */
    void serveTcp(NetworkNamespace namespace, int port) {
        ServerSocketChannel server = namespace.call(() -> tcpServer(port));
        servers.add(server);
        start(() -> {
            while (true) {
                try (SocketChannel caller = server.accept()) {
                    caller.write(utf8(host((InetSocketAddress) caller.getRemoteAddress())));
                }
            }
        });
    }

    /** A UDP server that answers every packet with the caller's address. */
    void serveUdp(NetworkNamespace namespace, int port) {
        DatagramChannel server = namespace.call(
                () -> DatagramChannel.open(StandardProtocolFamily.INET).bind(at("0.0.0.0", port)));
        servers.add(server);
        start(() -> {
            ByteBuffer packet = ByteBuffer.allocate(100);
            while (true) {
                packet.clear();
                InetSocketAddress caller = (InetSocketAddress) server.receive(packet);
                server.send(utf8(host(caller)), caller);
            }
        });
    }

    /** Connects and reads: the address the server saw. */
    static String callTcp(String host, int port) throws IOException {
        return callTcp(host, port, PATIENCE_MILLIS);
    }

    private static String callTcp(String host, int port, int patience) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET)) {
            Socket socket = channel.socket();
            socket.connect(at(host, port), patience);
            socket.setSoTimeout(patience);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String callUdp(String host, int port) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            return callUdp(channel, host, port, PATIENCE_MILLIS);
        }
    }

    static String callUdp(DatagramChannel channel, String host, int port, int patience) throws IOException {
        byte[] data = new byte[100];
        DatagramPacket packet = new DatagramPacket(data, 1, at(host, port));
        channel.socket().send(packet);
        packet.setLength(data.length);
        channel.socket().setSoTimeout(patience);
        channel.socket().receive(packet);
        return new String(data, 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    /** Whether a TCP connection from here comes to anything. */
    static boolean reachesTcp(String host, int port) {
        try {
            callTcp(host, port, SILENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static boolean reachesUdp(String host, int port) {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            callUdp(channel, host, port, SILENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (Channel server : servers) {
            server.close();
        }
    }

    private static ServerSocketChannel tcpServer(int port) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.INET).bind(at("0.0.0.0", port));
    }

    private static void start(Service service) {
        Thread thread = new Thread(() -> {
            try {
                service.run();
            } catch (ClosedChannelException | SocketException e) {
                // The test is over.
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Service {
        void run() throws IOException;
    }

    /** An address without a look-up. */
    static InetSocketAddress at(String host, int port) {
        return new InetSocketAddress(Ipv4Address.parse(host).toInetAddress(), port);
    }

    private static String host(InetSocketAddress address) {
        return address.getAddress().getHostAddress();
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
