package dev.gantry.daemon.runtime.exec;

import dev.gantry.daemon.linux.process.PidFd;
import dev.gantry.daemon.linux.process.ProcessStat;
import dev.gantry.daemon.type.Signal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The processes of one exec: those of its session, which runtimes give each exec, and those that descend from them. A
 * daemon that left both its session and its parents is the container's and no longer the exec's.
 */
final class ExecFamily {

    private static final Signal STOP = new Signal(19);

    /** Enough for children that fork while they are killed; a bomb of forks is for the container's process limit. */
    private static final int ROUNDS = 20;

    private final int leader;
    private final int holder;
    private final int session;

    private ExecFamily(int leader, int holder, int session) {
        this.leader = leader;
        this.holder = holder;
        this.session = session;
    }

    /**
     * Kills all of them. The leader's number stays its own meanwhile: it dies last, and is stopped so that it makes no
     * more.
     *
     * @param leader the process that the runtime started
     * @param holder the process that reaps the leader; it names the leader beyond doubt
     */
    static void kill(int leader, int holder) {
        Optional<PidFd> opened = PidFd.open(leader);
        if (opened.isEmpty()) {
            return;
        }
        try (PidFd process = opened.get()) {
            Optional<ProcessStat> stat = ProcessStat.read(leader);
            if (stat.isEmpty() || stat.get().parent() != holder) {
                return;
            }
            process.signal(STOP);
            ExecFamily family = new ExecFamily(leader, holder, stat.get().session());
            for (int round = 0; round < ROUNDS; round++) {
                if (!family.killOthers()) {
                    break;
                }
            }
            process.signal(Signal.KILL);
        }
    }

    private boolean killOthers() {
        Map<Integer, ProcessStat> all = snapshot();
        Map<Integer, ProcessStat> members = new HashMap<>();
        all.forEach((pid, stat) -> {
            // a leader that is still being prepared is in the session of its holder, who must live to reap it
            if (pid != leader && pid != holder && !stat.isZombie() && belongs(pid, all)) {
                members.put(pid, stat);
            }
        });
        boolean any = false;
        for (Map.Entry<Integer, ProcessStat> member : members.entrySet()) {
            any |= killIfStill(member.getKey(), member.getValue().startTime());
        }
        return any;
    }

    private static boolean killIfStill(int pid, long startTime) {
        Optional<PidFd> process = PidFd.open(pid, startTime);
        if (process.isEmpty()) {
            return false;
        }
        try (PidFd open = process.get()) {
            return open.signal(Signal.KILL);
        }
    }

    private boolean belongs(int pid, Map<Integer, ProcessStat> all) {
        int at = pid;
        // parents are looked up in one snapshot of a changing world, which may show a circle
        for (int steps = 0; steps <= all.size(); steps++) {
            ProcessStat stat = all.get(at);
            if (stat == null) {
                return false;
            }
            if (stat.session() == session || stat.parent() == leader) {
                return true;
            }
            at = stat.parent();
        }
        return false;
    }

    private static Map<Integer, ProcessStat> snapshot() {
        Map<Integer, ProcessStat> all = new HashMap<>();
        ProcessHandle.allProcesses()
                .mapToInt(process -> (int) process.pid())
                .forEach(pid -> ProcessStat.read(pid).ifPresent(stat -> all.put(pid, stat)));
        return all;
    }
}
