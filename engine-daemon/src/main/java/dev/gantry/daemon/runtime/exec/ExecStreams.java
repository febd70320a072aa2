package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.oci.RuntimeProgram;
import dev.gantry.daemon.runtime.stream.ProcessAttachment;
import java.util.List;

/** The standard streams of an exec while it starts. Closing it closes the child's ends. */
interface ExecStreams extends AutoCloseable {

    static ExecStreams open(RuntimeProgram runtime, ExecRequest request, ExecFiles files) {
        if (!request.process().terminal()) {
            return PipeStreams.open(request);
        }
        return runtime.handsOverTerminals()
                ? TerminalStreams.open(request, files)
                : RelayedTerminalStreams.open(request);
    }

    /** What becomes descriptors 0, 1 and 2 of the runtime. */
    List<Fd> ofChild();

    /** Makes the attachment, now that the runtime runs. */
    ProcessAttachment connect(ChildProcess child);

    @Override
    void close();
}
