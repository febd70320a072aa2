package dev.gantry.daemon.boot;

import dev.gantry.daemon.api.wire.SocketAddressSpec;
import dev.gantry.daemon.linux.InheritedSocket;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;

/** Reads an address to listen on, as {@code -H} takes it. */
final class HostAddress {

    /** Longest path the kernel takes for a socket, without the zero behind it. */
    private static final int LONGEST = 107;

    private HostAddress() {}

    static SocketAddressSpec parse(String host, Optional<String> group) {
        if (host.startsWith("unix://")) {
            Path path = Path.of(host.substring("unix://".length()));
            if (!path.isAbsolute()) {
                throw new ConfigurationException("invalid host " + host + ": the path must be absolute");
            }
            if (path.toString().length() > LONGEST) {
                throw new ConfigurationException(
                        "invalid host " + host + ": the kernel takes socket paths of at most " + LONGEST + " bytes");
            }
            return new SocketAddressSpec.UnixSocket(path, group.or(HostAddress::defaultGroup));
        }
        if (host.startsWith("fd://")) {
            String why = InheritedSocket.whyNot(
                    System.getenv(), ProcessHandle.current().pid());
            if (!why.isEmpty()) {
                throw new ConfigurationException("cannot listen on " + host + ": " + why);
            }
            return new SocketAddressSpec.Activated();
        }
        if (host.startsWith("tcp://")) {
            throw new ConfigurationException("cannot listen on " + host
                    + ": TCP is not supported yet; use unix:///path, and ssh to reach it from other machines");
        }
        throw new ConfigurationException("invalid host " + host + ": must begin with unix:// or fd://");
    }

    private static Optional<String> defaultGroup() {
        return List.of("gantry", "docker").stream().filter(HostAddress::exists).findFirst();
    }

    private static boolean exists(String group) {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
            return true;
        } catch (UserPrincipalNotFoundException none) {
            return false;
        } catch (IOException e) {
            throw new ConfigurationException("cannot look up the group " + group + ": " + e.getMessage(), e);
        }
    }
}
