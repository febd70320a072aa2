package dev.gantry.daemon.api.wire;

import dev.gantry.daemon.api.wire.SocketAddressSpec.Activated;
import dev.gantry.daemon.api.wire.SocketAddressSpec.UnixSocket;
import dev.gantry.daemon.linux.InheritedSocket;
import dev.gantry.daemon.linux.Umask;
import java.io.IOException;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/** Listens on a Unix socket: replaces a stale one, refuses one that is served, and opens it to its group only. */
final class UnixEndpoint extends NioEndpoint {

    private static final int ALL_BUT_OWNER_AND_GROUP = 0117;

    private @Nullable SocketAddressSpec address;

    void listenOn(SocketAddressSpec spec) {
        this.address = spec;
        if (spec instanceof UnixSocket socket) {
            setUnixDomainSocketPath(socket.path().toString());
        } else {
            setUseInheritedChannel(true);
        }
    }

    @Override
    protected void initServerSocket() throws Exception {
        SocketAddressSpec spec = address;
        if (spec instanceof UnixSocket socket) {
            bindTo(socket);
        } else if (spec instanceof Activated) {
            InheritedSocket.moveToStandardInput();
            super.initServerSocket();
            // only an endpoint with a path leaves the options of TCP alone
            if (getServerSocket().getLocalAddress() instanceof UnixDomainSocketAddress inherited) {
                setUnixDomainSocketPath(inherited.getPath().toString());
            } else {
                throw new BindException("The socket passed by systemd is no Unix socket");
            }
        } else {
            throw new BindException("The API has no address to listen on");
        }
    }

    @Override
    protected void doCloseServerSocket() throws IOException {
        if (address instanceof Activated) {
            // the file is systemd's
            setUnixDomainSocketPath(null);
        }
        super.doCloseServerSocket();
    }

    private void bindTo(UnixSocket socket) throws Exception {
        Path path = socket.path();
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        removeStale(path);
        int before = Umask.set(ALL_BUT_OWNER_AND_GROUP);
        try {
            super.initServerSocket();
        } finally {
            Umask.set(before);
        }
        if (socket.group().isPresent()) {
            giveTo(socket.group().get(), path);
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, "isOther", LinkOption.NOFOLLOW_LINKS)
                .getOrDefault("isOther", false)
                .equals(true)) {
            throw new BindException("Cannot listen on " + path + ": a file that is not a socket is in the way");
        }
        if (isServed(path)) {
            throw new BindException(
                    "Cannot listen on " + path + ": another process answers there; stop it or choose another --host");
        }
        Files.delete(path);
    }

    private static boolean isServed(Path path) {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return probe.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static void giveTo(String group, Path path) throws IOException {
        try {
            Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setGroup(
                            path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group));
        } catch (UserPrincipalNotFoundException e) {
            throw new BindException("Cannot give " + path + " to the group " + group + ": no such group");
        }
    }
}
