package dev.gantry.daemon.runtime.stream;

import com.sun.jna.Memory;
import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.linux.socket.Poller;
import dev.gantry.daemon.linux.socket.Wakeup;
import dev.gantry.daemon.linux.terminal.Terminal;
import dev.gantry.daemon.runtime.Attachment;
import dev.gantry.daemon.runtime.OutputSink;
import dev.gantry.daemon.type.StreamType;
import dev.gantry.daemon.type.TerminalSize;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The daemon's own ends of a process's pipes, or the master of its terminal. */
public final class ProcessAttachment implements Attachment {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int INPUT_BYTES = 64 * 1024;

    private final List<Output> outputs;
    private final Optional<Fd> input;
    private final boolean terminal;
    private final Wakeup wakeup;
    private final UseGate gate;
    private final Object inputLock = new Object();

    /**
     * Something to read output from.
     *
     * @param stream what the output counts as
     * @param fd owned by the attachment
     */
    public record Output(StreamType stream, Fd fd) {}

    private ProcessAttachment(List<Output> outputs, Optional<Fd> input, boolean terminal) {
        this.outputs = List.copyOf(outputs);
        this.input = input;
        this.terminal = terminal;
        this.wakeup = Wakeup.open();
        this.gate = new UseGate(wakeup::signal, this::release);
        input.ifPresent(FdStream::setNonBlocking);
    }

    /** Takes over the daemon's ends of pipes. */
    public static ProcessAttachment ofPipes(List<Output> outputs, Optional<Fd> input) {
        return new ProcessAttachment(outputs, input, false);
    }

    /**
     * Takes over the master of a terminal.
     *
     * @param stdin whether it may be written to
     */
    public static ProcessAttachment ofTerminal(Fd master, boolean stdin) {
        FdStream.setNonBlocking(master);
        Optional<Fd> input = stdin ? Optional.of(master) : Optional.empty();
        return new ProcessAttachment(List.of(new Output(StreamType.STDOUT, master)), input, true);
    }

    /** Tells that the process has ended: what is in its pipes is still delivered, then reading ends. */
    public void processEnded() {
        gate.use(wakeup::signal);
    }

    @Override
    public void readOutput(OutputSink sink) {
        gate.use(() -> {
            List<Output> open = new ArrayList<>(outputs);
            Memory memory = new Memory(BUFFER_BYTES);
            ByteBuffer view = memory.getByteBuffer(0, BUFFER_BYTES);
            Poller poller = new Poller(outputs.size() + 1);
            while (!open.isEmpty() && !gate.isClosed()) {
                if (!await(poller, open, sink)) {
                    break;
                }
                for (int i = open.size() - 1; i >= 0; i--) {
                    if (poller.isReady(i) && !deliver(open.get(i), memory, view, sink)) {
                        open.remove(i);
                    }
                }
            }
            sink.flush();
        });
    }

    /** False where there will be no more: the wait ended without any output at hand. */
    private boolean await(Poller poller, List<Output> open, OutputSink sink) {
        for (int i = 0; i < outputs.size(); i++) {
            if (i < open.size()) {
                poller.watch(i, open.get(i).fd(), Poller.IN);
            } else {
                poller.ignore(i);
            }
        }
        poller.watch(outputs.size(), wakeup.fd(), Poller.IN);
        if (!poller.await(Duration.ZERO)) {
            sink.flush();
            poller.await();
        }
        for (int i = 0; i < open.size(); i++) {
            if (poller.isReady(i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean deliver(Output output, Memory memory, ByteBuffer view, OutputSink sink) {
        int length = FdStream.read(output.fd(), memory, BUFFER_BYTES);
        if (length > 0) {
            sink.write(output.stream(), view.limit(length).position(0));
        }
        return length != 0;
    }

    @Override
    public void writeInput(ByteBuffer bytes) {
        gate.use(() -> {
            synchronized (inputLock) {
                if (input.isPresent() && input.get().isOpen()) {
                    write(input.get(), bytes);
                }
            }
        });
        bytes.position(bytes.limit());
    }

    private void write(Fd fd, ByteBuffer bytes) {
        Memory memory = new Memory(INPUT_BYTES);
        Poller poller = new Poller(2);
        while (bytes.hasRemaining()) {
            int length = Math.min(INPUT_BYTES, bytes.remaining());
            memory.getByteBuffer(0, length).put(bytes.slice(bytes.position(), length));
            int written;
            try {
                written = FdStream.write(fd, memory, length);
            } catch (LinuxException e) {
                if (e.is(Errno.EPIPE) || e.is(Errno.EIO)) {
                    return;
                }
                throw e;
            }
            if (written != FdStream.NOTHING) {
                bytes.position(bytes.position() + written);
                continue;
            }
            poller.watch(0, fd, Poller.OUT);
            poller.watch(1, wakeup.fd(), Poller.IN);
            poller.await();
            if (poller.isReady(1)) {
                return;
            }
        }
    }

    /** A terminal has no end of input; its programs read one where the terminal's end-of-file character is sent. */
    @Override
    public void endInput() {
        if (!terminal) {
            gate.use(() -> {
                synchronized (inputLock) {
                    input.ifPresent(Fd::close);
                }
            });
        }
    }

    /** Sets the size of the terminal; does nothing for pipes and after the close. */
    public void resize(TerminalSize size) {
        if (terminal) {
            gate.use(() -> Terminal.resize(outputs.get(0).fd(), size));
        }
    }

    @Override
    public void close() {
        gate.close();
    }

    private void release() {
        outputs.forEach(output -> output.fd().close());
        input.ifPresent(Fd::close);
        wakeup.close();
    }
}
