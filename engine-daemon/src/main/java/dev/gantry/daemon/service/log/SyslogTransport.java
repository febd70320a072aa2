package dev.gantry.daemon.service.log;

import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.socket.UnixDatagrams;
import dev.gantry.daemon.runtime.log.LogLine;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Sends lines to a syslog server. */
final class SyslogTransport implements LogTransport {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final List<Path> LOCAL =
            List.of(Path.of("/dev/log"), Path.of("/var/run/syslog"), Path.of("/var/run/log"));

    private final SyslogTarget target;
    private final SyslogFormat format;
    private volatile Optional<Link> link = Optional.empty();

    SyslogTransport(SyslogTarget target, SyslogFormat format) {
        this.target = target;
        this.format = format;
    }

    /** An open way to the server. */
    private interface Link extends Closeable {
        void write(byte[] message) throws IOException;
    }

    /** Makes the connection, so that a wrong address is told of before anything runs. */
    void open() throws IOException {
        if (link.isEmpty()) {
            link = Optional.of(connect());
        }
    }

    @Override
    public void send(LogLine line) throws IOException {
        open();
        try {
            link.orElseThrow(() -> new IOException("closed")).write(format.message(line));
        } catch (LinuxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Link connect() throws IOException {
        try {
            return switch (target.scheme()) {
                case "udp" -> new Udp(address());
                case "tcp" -> new Plain(tcpChannel());
                case "tcp+tls" -> new Tls(tls(tcp(new Socket())));
                case "unix" -> new Plain(SocketChannel.open(UnixDomainSocketAddress.of(target.path())));
                case "unixgram" -> new Unixgram(Path.of(target.path()));
                default -> local();
            };
        } catch (LinuxException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Link local() throws IOException {
        for (Path path : LOCAL) {
            if (Files.exists(path)) {
                try {
                    return new Unixgram(path);
                } catch (LinuxException stream) {
                    return new Plain(SocketChannel.open(UnixDomainSocketAddress.of(path)));
                }
            }
        }
        // compat: docker's text
        throw new IOException("Unix syslog delivery error");
    }

    private InetSocketAddress address() throws UnknownHostException {
        InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException("lookup " + target.host() + ": no such host");
        }
        return address;
    }

    private SocketChannel tcpChannel() throws IOException {
        SocketChannel channel = SocketChannel.open();
        Socket unused = tcp(channel.socket());
        return channel;
    }

    /** Connects a socket, or closes it. */
    private Socket tcp(Socket socket) throws IOException {
        try {
            socket.connect(address(), (int) CONNECT.toMillis());
            return socket;
        } catch (ConnectException e) {
            socket.close();
            // compat: docker's text
            throw new IOException(
                    "dial tcp " + target.host() + ":" + target.port() + ": connect: connection refused", e);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket tls(Socket plain) throws IOException {
        try {
            SyslogCertificates certificates = new SyslogCertificates(target.tls());
            SSLSocket socket = (SSLSocket)
                    certificates.context().getSocketFactory().createSocket(plain, target.host(), target.port(), true);
            if (!certificates.skipsVerification()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            plain.setSoTimeout((int) CONNECT.toMillis());
            socket.startHandshake();
            return socket;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    @Override
    public void close() {
        Optional<Link> open = link;
        link = Optional.empty();
        if (open.isPresent()) {
            try {
                open.get().close();
            } catch (IOException alreadyBroken) {
                return;
            }
        }
    }

    private static final class Udp implements Link {
        private final DatagramSocket socket;

        Udp(InetSocketAddress address) throws IOException {
            socket = new DatagramSocket();
            socket.connect(address);
        }

        @Override
        public void write(byte[] message) throws IOException {
            try {
                socket.send(new DatagramPacket(message, message.length));
            } catch (java.net.PortUnreachableException nobodyListens) {
                // UDP promises nothing, and the answer is to an earlier message
                return;
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private record Tls(Socket socket) implements Link {
        @Override
        public void write(byte[] message) throws IOException {
            OutputStream output = socket.getOutputStream();
            output.write(message);
            output.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** A stream without encryption. */
    private record Plain(SocketChannel channel) implements Link {
        @Override
        public void write(byte[] message) throws IOException {
            requireOpen();
            ByteBuffer buffer = ByteBuffer.wrap(message);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        /** What is written to a connection that the server has closed is lost without a word. */
        private void requireOpen() throws IOException {
            channel.configureBlocking(false);
            int answer = channel.read(ByteBuffer.allocate(64));
            channel.configureBlocking(true);
            if (answer < 0) {
                throw new IOException("the server has closed the connection");
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static final class Unixgram implements Link {
        private final UnixDatagrams datagrams;

        Unixgram(Path path) {
            datagrams = UnixDatagrams.connect(path, PATIENCE);
        }

        @Override
        public void write(byte[] message) {
            datagrams.send(message);
        }

        @Override
        public void close() {
            datagrams.close();
        }
    }
}
