package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.linux.socket.DescriptorListener;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.linux.socket.Poller;
import dev.gantry.daemon.linux.terminal.Terminal;
import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.stream.ProcessAttachment;
import dev.gantry.daemon.type.EngineException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A terminal that the runtime makes inside the container and hands over through a socket. */
final class TerminalStreams implements ExecStreams {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final ExecRequest request;
    private final DescriptorListener listener;
    private final Fd nothing;

    private TerminalStreams(ExecRequest request, DescriptorListener listener, Fd nothing) {
        this.request = request;
        this.listener = listener;
        this.nothing = nothing;
    }

    static TerminalStreams open(ExecRequest request, ExecFiles files) {
        DescriptorListener listener = DescriptorListener.bind(files.console());
        try {
            return new TerminalStreams(request, listener, FdStream.openNull());
        } catch (RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    @Override
    public List<Fd> ofChild() {
        return List.of(nothing, nothing, nothing);
    }

    /** Waits for the terminal, or for the end of a runtime that could not run the program: then there is nothing to attach. */
    @Override
    public ProcessAttachment connect(ChildProcess child) {
        Poller poller = new Poller(2);
        poller.watch(0, listener.fd(), Poller.IN);
        poller.watch(1, child.pidFd().fd(), Poller.IN);
        if (!poller.await(DEADLINE)) {
            throw new EngineException(
                    EngineException.Kind.INTERNAL, "the runtime handed over no terminal within " + DEADLINE);
        }
        Optional<Fd> master = poller.isReady(0) ? listener.receive(DEADLINE) : Optional.empty();
        if (master.isEmpty()) {
            return ProcessAttachment.ofPipes(List.of(), Optional.empty());
        }
        request.terminalSize().ifPresent(size -> Terminal.resize(master.get(), size));
        return ProcessAttachment.ofTerminal(master.get(), request.stdin());
    }

    @Override
    public void close() {
        try {
            nothing.close();
        } finally {
            listener.close();
        }
    }
}
