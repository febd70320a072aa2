package dev.gantry.daemon.service.exec;

import dev.gantry.daemon.type.ContainerId;
import java.time.Instant;
import java.util.Optional;

/**
 * A further process of a container as it stands. Immutable.
 *
 * @param id 64 hexadecimal digits
 * @param container whose process it is
 * @param config what was asked for
 * @param phase where it is in its life
 * @param pid on the host; 0 while it does not run
 * @param exitCode absent until it has ended
 * @param endedAt absent until it has ended
 */
public record ExecRecord(
        String id,
        ContainerId container,
        ExecConfig config,
        Phase phase,
        int pid,
        Optional<Integer> exitCode,
        Optional<Instant> endedAt) {

    /** The phases of an exec. */
    public enum Phase {
        CREATED,
        RUNNING,
        ENDED
    }

    ExecRecord running(int newPid) {
        return new ExecRecord(id, container, config, Phase.RUNNING, newPid, Optional.empty(), Optional.empty());
    }

    ExecRecord ended(int code, Instant at) {
        return new ExecRecord(id, container, config, Phase.ENDED, 0, Optional.of(code), Optional.of(at));
    }
}
