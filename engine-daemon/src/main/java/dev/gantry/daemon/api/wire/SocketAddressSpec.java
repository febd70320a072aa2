package dev.gantry.daemon.api.wire;

import java.nio.file.Path;
import java.util.Optional;

/** Where the API listens: a Unix socket of its own, or one that systemd has opened. */
public sealed interface SocketAddressSpec {

    /** A socket at a path, made with mode 0660 and owned by root and the group, where that is given. */
    record UnixSocket(Path path, Optional<String> group) implements SocketAddressSpec {}

    /** The one listening socket that the service manager passed as descriptor 3. */
    record Activated() implements SocketAddressSpec {}
}
