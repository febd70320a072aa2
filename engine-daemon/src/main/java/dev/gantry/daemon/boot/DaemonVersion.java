package dev.gantry.daemon.boot;

import java.util.Optional;

/** The versions of this daemon. */
final class DaemonVersion {

    /**
     * The version told to clients: that of the Docker Engine whose API it speaks.
     *
     * <p>compat: Testcontainers refuses engines below 1.6.0, and clients choose what to ask for by it.
     */
    static final String TEXT = "28.5.0";

    private DaemonVersion() {}

    /** Name and version of the product itself. */
    static String product() {
        return "Gantry "
                + Optional.ofNullable(DaemonVersion.class.getPackage().getImplementationVersion())
                        .orElse("0.1.0");
    }
}
