package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.process.ChildProcess;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.linux.socket.Pipe;
import dev.gantry.daemon.runtime.ExecRequest;
import dev.gantry.daemon.runtime.stream.ProcessAttachment;
import dev.gantry.daemon.runtime.stream.ProcessAttachment.Output;
import dev.gantry.daemon.type.StreamType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pipes for the streams that are wanted, the null device for the others. */
final class PipeStreams implements ExecStreams {

    private final List<Fd> ofChild = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private Optional<Fd> input = Optional.empty();
    private boolean connected;

    private PipeStreams() {}

    static PipeStreams open(ExecRequest request) {
        PipeStreams streams = new PipeStreams();
        try {
            if (request.stdin()) {
                Pipe pipe = Pipe.open();
                streams.ofChild.add(pipe.readEnd());
                streams.input = Optional.of(pipe.writeEnd());
            } else {
                streams.ofChild.add(FdStream.openNull());
            }
            streams.addOutput(StreamType.STDOUT, request.stdout());
            streams.addOutput(StreamType.STDERR, request.stderr());
            return streams;
        } catch (RuntimeException e) {
            streams.close();
            throw e;
        }
    }

    private void addOutput(StreamType stream, boolean wanted) {
        if (wanted) {
            Pipe pipe = Pipe.open();
            ofChild.add(pipe.writeEnd());
            outputs.add(new Output(stream, pipe.readEnd()));
        } else {
            ofChild.add(FdStream.openNull());
        }
    }

    @Override
    public List<Fd> ofChild() {
        return ofChild;
    }

    @Override
    public ProcessAttachment connect(ChildProcess child) {
        ProcessAttachment attachment = ProcessAttachment.ofPipes(outputs, input);
        connected = true;
        return attachment;
    }

    @Override
    public void close() {
        ofChild.forEach(Fd::close);
        if (!connected) {
            outputs.forEach(output -> output.fd().close());
            input.ifPresent(Fd::close);
        }
    }
}
