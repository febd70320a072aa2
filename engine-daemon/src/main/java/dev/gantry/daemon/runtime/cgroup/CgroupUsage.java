package dev.gantry.daemon.runtime.cgroup;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a cgroup uses at a moment.
 *
 * @param blockBytes transferred, by device and direction
 * @param blockOperations number of transfers; empty on version 2, which docker does not tell
 * @param pids processes and threads
 * @param pidsLimit absent where there is none
 */
public record CgroupUsage(
        ProcessorUsage processor,
        MemoryUsage memory,
        List<BlockCounter> blockBytes,
        List<BlockCounter> blockOperations,
        long pids,
        OptionalLong pidsLimit) {

    public CgroupUsage {
        blockBytes = List.copyOf(blockBytes);
        blockOperations = List.copyOf(blockOperations);
    }
}
