package dev.gantry.daemon.runtime.monitor;

import com.sun.jna.Memory;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.linux.socket.Poller;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What conmon says of the creation of a container: one line of JSON.
 *
 * @param pid of the container's first process; negative where it was not created
 * @param message what the runtime printed, where it failed
 */
record CreateReport(int pid, String message) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BUFFER_BYTES = 8192;
    private static final int MOST_BYTES = 256 * 1024;

    boolean isCreated() {
        return pid > 0;
    }

    /** Reads it from conmon's pipe; empty where conmon does not say anything within the deadline or before its end. */
    static Optional<CreateReport> read(Fd pipe, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        Memory memory = new Memory(BUFFER_BYTES);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (bytes.size() < MOST_BYTES && Poller.awaitReadable(pipe, Duration.ofNanos(end - System.nanoTime()))) {
            int length = FdStream.read(pipe, memory, BUFFER_BYTES);
            if (length <= 0) {
                break;
            }
            bytes.writeBytes(memory.getByteArray(0, length));
            if (memory.getByte(length - 1L) == '\n') {
                return Optional.of(parse(bytes.toString(StandardCharsets.UTF_8)));
            }
        }
        return Optional.empty();
    }

    static CreateReport parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            JsonNode pid = json.has("data") ? json.path("data") : json.path("pid");
            return new CreateReport(pid.asInt(-1), json.path("message").asString(""));
        } catch (JacksonException e) {
            // conmon does not escape every byte that a program's name may hold
            return new CreateReport(-1, line);
        }
    }
}
