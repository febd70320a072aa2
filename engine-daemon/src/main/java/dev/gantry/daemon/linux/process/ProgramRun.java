package dev.gantry.daemon.linux.process;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.type.EngineException;
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
                CapturedOutput output = CapturedOutput.open();
                ChildProcess child =
                        spawner.apply(new Command(argv, env, directory, List.of(nothing, output.fd(), output.fd())))) {
            OptionalInt status = child.waitFor(deadline);
            if (status.isEmpty()) {
                child.destroy(deadline);
                throw new EngineException(
                        EngineException.Kind.INTERNAL, argv.get(0) + " did not end within " + deadline);
            }
            return new ProgramRun(status.getAsInt(), output.text());
        }
    }
}
