package dev.gantry.daemon.api.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;

/**
 * The descriptor number of a channel, which the JDK keeps to itself.
 *
 * <p>Needs {@code --add-exports java.base/sun.nio.ch=ALL-UNNAMED} on the command line of the JVM.
 */
final class ChannelDescriptor {

    private static final Method GET = method();

    private ChannelDescriptor() {}

    private static Method method() {
        try {
            return Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("This JVM's channels do not tell their descriptor numbers", e);
        }
    }

    /** The number; it stays the channel's until the channel is closed. */
    static int of(SocketChannel channel) {
        try {
            return (int) GET.invoke(channel);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(
                    "The JVM must be started with --add-exports java.base/sun.nio.ch=ALL-UNNAMED", e);
        }
    }
}
