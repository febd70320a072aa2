package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.linux.terminal.PseudoTerminal;
import dev.gantry.daemon.linux.terminal.Terminal;
import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.stream.ProcessAttachment;
import java.util.List;

/**
 * A terminal of the host for a runtime that makes the container's terminal itself and relays between the two while it
 * waits for the program: runc hands its terminal over only where it does not wait.
 */
final class RelayedTerminalStreams implements ExecStreams {

    private final PseudoTerminal terminal;
    private final boolean stdin;
    private boolean connected;

    private RelayedTerminalStreams(PseudoTerminal terminal, boolean stdin) {
        this.terminal = terminal;
        this.stdin = stdin;
    }

    static RelayedTerminalStreams open(ExecRequest request) {
        PseudoTerminal terminal = PseudoTerminal.open();
        request.terminalSize().ifPresent(size -> Terminal.resize(terminal.master(), size));
        return new RelayedTerminalStreams(terminal, request.stdin());
    }

    @Override
    public List<Fd> ofChild() {
        return List.of(terminal.slave(), terminal.slave(), terminal.slave());
    }

    @Override
    public ProcessAttachment connect(ChildProcess child) {
        ProcessAttachment attachment = ProcessAttachment.ofTerminal(terminal.master(), stdin);
        connected = true;
        return attachment;
    }

    @Override
    public void close() {
        terminal.slave().close();
        if (!connected) {
            terminal.master().close();
        }
    }
}
