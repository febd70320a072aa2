package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.stream.ProcessAttachment;
import java.util.List;
import java.util.Optional;

/** The standard streams of an exec while it starts. Closing it closes the child's ends. */
interface ExecStreams extends AutoCloseable {

    static ExecStreams open(ExecRequest request, ExecFiles files) {
        return request.process().terminal() ? TerminalStreams.open(request, files) : PipeStreams.open(request);
    }

    /** What becomes descriptors 0, 1 and 2 of the runtime. */
    List<Fd> ofChild();

    /** Makes the attachment, now that the runtime runs. */
    Connected connect(ChildProcess child);

    @Override
    void close();

    /**
     * The daemon's ends.
     *
     * @param attachment owns them
     * @param terminal the terminal's master, the attachment's
     */
    record Connected(ProcessAttachment attachment, Optional<Fd> terminal) {}
}
