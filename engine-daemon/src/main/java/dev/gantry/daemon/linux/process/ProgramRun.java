package dev.gantry.daemon.linux.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A short program that ran to its end.
 *
 * @param status the exit status, 128 + signal where a signal ended it
 * @param output what it wrote to standard output and standard error
 */
public record ProgramRun(int status, String output) {

    private static final int MFD_CLOEXEC = 1;

    /**
     * Runs a program without input and collects its output, which must be small.
     *
     * @param spawner starts it, on whatever thread it has to start on
     * @throws EngineException where it did not end within the deadline; it is killed then
     */
    public static ProgramRun of(
            List<String> argv,
            List<String> env,
            Path directory,
            Function<Command, ChildProcess> spawner,
            Duration deadline) {
        try (Fd nothing = FdStream.openNull();
                Fd output = memory();
                ChildProcess child =
                        spawner.apply(new Command(argv, env, directory, List.of(nothing, output, output)))) {
            OptionalInt status = child.waitFor(deadline);
            if (status.isEmpty()) {
                child.destroy(deadline);
                throw new EngineException(
                        EngineException.Kind.INTERNAL, argv.get(0) + " did not end within " + deadline);
            }
            return new ProgramRun(status.getAsInt(), read(output));
        }
    }

    private static String read(Fd output) {
        try {
            return new String(Files.readAllBytes(Path.of(output.procPath())), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the output of a program", e);
        }
    }

    private static Fd memory() {
        try {
            return Fd.own(CLibrary.memfd_create("output", MFD_CLOEXEC));
        } catch (LastErrorException e) {
            throw new LinuxException("memfd_create", "output", e.getErrorCode());
        }
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int memfd_create(String name, int flags) throws LastErrorException;
    }
}
