package dev.gantry.daemon.service.image;

import java.time.Instant;
import java.util.Optional;

/**
 * One step of how an image came to be. Text that is not given is empty.
 *
 * @param created absent where the builder kept no time
 * @param createdBy the command or instruction
 * @param author who ran it
 * @param comment free text
 * @param emptyLayer whether the step changed the configuration only, so that no layer stands for it
 */
public record HistoryEntry(
        Optional<Instant> created, String createdBy, String author, String comment, boolean emptyLayer) {}
