package dev.gantry.daemon.runtime.monitor;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How containers are held.
 *
 * @param program the path of conmon
 * @param createDeadline how long the creation of a container may take
 * @param endDeadline how long a killed container may take to be gone
 * @param readerPatience how long a monitor waits for an attachment that does not read, once the container has ended
 */
public record MonitorSettings(Path program, Duration createDeadline, Duration endDeadline, Duration readerPatience) {

    /** The deadlines that suit a loaded machine. */
    public static MonitorSettings of(Path program) {
        return new MonitorSettings(program, Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ofSeconds(10));
    }
}
