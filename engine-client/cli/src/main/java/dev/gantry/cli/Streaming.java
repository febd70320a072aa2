package dev.gantry.cli;

import dev.gantry.cli.terminal.DetachKeys;
import dev.gantry.cli.terminal.RawMode;
import dev.gantry.client.OutputFrames;
import dev.gantry.client.transport.HijackedStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Joins the streams of a process in a container with those of this process. Output is carried by the calling thread,
 * input by one of its own, which dies with the process when nothing more is typed.
 */
final class Streaming {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Cli cli;
    private final HijackedStream stream;
    private final boolean tty;
    private final @Nullable DetachKeys keys;
    private volatile boolean detached;

    /**
     * Prepares to join streams.
     *
     * @param tty whether the process has a terminal
     * @param keys that end the connection; null when nothing is watched
     */
    Streaming(Cli cli, HijackedStream stream, boolean tty, @Nullable DetachKeys keys) {
        this.cli = cli;
        this.stream = stream;
        this.tty = tty;
        this.keys = keys;
    }

    /** Copies until the output ends; returns false when the keys to detach were typed. */
    boolean run(boolean stdin) throws IOException {
        RawMode raw = tty && stdin && cli.isTerminal(Cli.STDIN) ? RawMode.enter(Cli.STDIN) : null;
        try {
            if (stdin) {
                Thread input = new Thread(this::copyInput, "stdin");
                input.setDaemon(true);
                input.start();
            }
            copyOutput();
            return !detached;
        } finally {
            if (raw != null) {
                raw.close();
            }
        }
    }

    static OutputStream raw(Cli cli, int descriptor) {
        if (!cli.terminal()) {
            return descriptor == Cli.STDOUT ? cli.out() : cli.err();
        }
        return new FileOutputStream(descriptor == Cli.STDOUT ? FileDescriptor.out : FileDescriptor.err);
    }

    private void copyOutput() throws IOException {
        cli.out().flush();
        cli.err().flush();
        OutputStream out = raw(cli, Cli.STDOUT);
        try {
            if (tty) {
                copyAll(stream.input(), out);
            } else {
                OutputFrames.copy(stream.input(), out, raw(cli, Cli.STDERR));
            }
        } catch (ClosedChannelException e) {
            if (!detached) {
                throw e;
            }
        }
    }

    static void copyAll(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
            out.flush();
        }
    }

    private void copyInput() {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            OutputStream to = stream.output();
            for (int count = cli.in().read(buffer); count >= 0; count = cli.in().read(buffer)) {
                if (keys == null) {
                    to.write(buffer, 0, count);
                    continue;
                }
                byte[] passed = keys.pass(buffer, count);
                to.write(passed, 0, passed.length);
                if (keys.isComplete()) {
                    detached = true;
                    stream.close();
                    return;
                }
            }
            stream.closeOutput();
        } catch (IOException e) {
            // The process has ended and takes no more input; its output tells the rest.
        }
    }
}
