package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ExecCreateRequest;
import dev.gantry.api.ExecInspect;
import dev.gantry.api.ExecStartRequest;
import dev.gantry.api.IdResponse;
import dev.gantry.api.ProcessConfig;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.FrameWriter;
import dev.gantry.daemon.api.wire.Hijacked;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.runtime.ExecTask;
import dev.gantry.daemon.service.exec.ExecConfig;
import dev.gantry.daemon.service.exec.ExecRecord;
import dev.gantry.daemon.service.exec.ExecRecord.Phase;
import dev.gantry.daemon.service.exec.ExecService;
import dev.gantry.daemon.service.exec.ExecService.StartedExec;
import dev.gantry.daemon.service.exec.ExecService.Streams;
import dev.gantry.daemon.type.EngineException;
import dev.gantry.daemon.type.StreamType;
import dev.gantry.daemon.type.TerminalSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The operations on further processes in running containers. */
public final class ExecEndpoints implements Endpoints {

    /** The streams of a process can close before it ends, but not long before. */
    private static final Duration EXIT_AFTER_STREAMS = Duration.ofSeconds(10);

    private final ExecService execs;

    public ExecEndpoints(ExecService execs) {
        this.execs = execs;
    }

    @Override
    public void register(Router router) {
        router.post("/containers/{id}/exec", this::create)
                .post("/exec/{id}/start", this::start)
                .post("/exec/{id}/resize", this::resize)
                .get("/exec/{id}/json", this::inspect);
    }

    private void create(Exchange exchange) throws IOException {
        ExecCreateRequest body = exchange.body(ExecCreateRequest.class);
        String id = execs.create(
                exchange.variable("id"),
                new ExecConfig(
                        body.cmd(),
                        body.env(),
                        body.user(),
                        body.workingDir(),
                        body.tty(),
                        body.privileged(),
                        body.attachStdin(),
                        body.attachStdout(),
                        body.attachStderr(),
                        size(body.consoleSize()),
                        body.detachKeys()));
        exchange.json(201, new IdResponse(id));
    }

    private void start(Exchange exchange) throws IOException, InterruptedException {
        ExecStartRequest body = exchange.optionalBody(ExecStartRequest.class)
                .orElseGet(() -> new ExecStartRequest(false, false, List.of()));
        String id = exchange.variable("id");
        ExecConfig config = execs.get(id).config();
        Optional<TerminalSize> size = size(body.consoleSize());
        if (body.detach()) {
            execs.start(id, Streams.DETACHED, size);
            exchange.status(200);
            return;
        }
        DetachKeys keys = DetachKeys.parse(config.detachKeys());
        boolean terminal = config.terminal();
        StartedExec started;
        try {
            started = execs.start(id, Streams.ATTACHED, size);
        } catch (EngineException failure) {
            refuse(exchange, terminal, failure);
            return;
        }
        ExecTask task = started.task();
        try (Hijacked client = exchange.hijack(!terminal)) {
            FrameWriter frames = terminal ? FrameWriter.raw(client) : FrameWriter.framed(client);
            StreamChoice choice = new StreamChoice(config.attachStdout(), config.attachStderr());
            client.onClientGone(() -> task.attachment().close());
            new StreamPump(client, frames, choice, terminal ? keys : DetachKeys.NONE)
                    .run(task.attachment(), config.attachStdin());
            tellStartFailure(started, frames);
        } finally {
            task.attachment().close();
        }
    }

    /** What is wrong with the process itself is told in its stream, as if it had said so; the rest is an error answer. */
    private static void refuse(Exchange exchange, boolean terminal, EngineException failure) throws IOException {
        if (failure.kind() == EngineException.Kind.CONFLICT || failure.kind() == EngineException.Kind.NOT_FOUND) {
            throw failure;
        }
        try (Hijacked client = exchange.hijack(!terminal)) {
            tell(terminal ? FrameWriter.raw(client) : FrameWriter.framed(client), String.valueOf(failure.getMessage()));
        }
    }

    // compat: docker writes the reason as text into the stream, after it has been hijacked
    private static void tell(FrameWriter frames, String reason) throws IOException {
        frames.write(StreamType.STDOUT, ByteBuffer.wrap((reason + "\r\n").getBytes(StandardCharsets.UTF_8)));
        frames.flush();
    }

    private static void tellStartFailure(StartedExec started, FrameWriter frames)
            throws IOException, InterruptedException {
        try {
            String failure = started.recorded()
                    .get(EXIT_AFTER_STREAMS.toMillis(), TimeUnit.MILLISECONDS)
                    .startFailure();
            if (!failure.isEmpty()) {
                tell(frames, failure);
            }
        } catch (TimeoutException processOutlivesItsStreams) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of an exec never fails", e);
        }
    }

    static Optional<TerminalSize> size(List<Integer> heightAndWidth) {
        if (heightAndWidth.size() != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TerminalSize(heightAndWidth.get(0), heightAndWidth.get(1)));
        } catch (IllegalArgumentException e) {
            throw new EngineException(EngineException.Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private void resize(Exchange exchange) {
        execs.resize(exchange.variable("id"), LifecycleEndpoints.size(exchange.query()));
        exchange.status(200);
    }

    private void inspect(Exchange exchange) throws IOException {
        ExecRecord record = execs.get(exchange.variable("id"));
        ExecConfig config = record.config();
        exchange.json(
                200,
                new ExecInspect(
                        record.id(),
                        record.phase() == Phase.RUNNING,
                        record.exitCode().orElse(null),
                        process(config),
                        config.attachStdin(),
                        config.attachStderr(),
                        config.attachStdout(),
                        record.phase() == Phase.ENDED,
                        record.container().value(),
                        config.detachKeys(),
                        record.pid()));
    }

    private static ProcessConfig process(ExecConfig config) {
        List<String> argv = config.argv();
        return new ProcessConfig(
                config.terminal(), argv.get(0), argv.subList(1, argv.size()), config.privileged(), config.user());
    }
}
