package dev.gantry.daemon.runtime.spec;

import dev.gantry.daemon.type.TerminalSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A process inside a container.
 *
 * @param args program and arguments; never empty
 * @param env {@code NAME=value} pairs in order
 * @param workingDirectory absolute, inside the container
 * @param user the resolved user
 * @param terminal whether it gets a pseudo terminal
 * @param capabilities names with the prefix {@code CAP_}; bounding, permitted and effective (empty effective set where
 *     the user is not root, as docker does); never inheritable, never ambient
 * @param noNewPrivileges whether setuid programs lose their power
 * @param rlimits soft and hard limits by name ({@code RLIMIT_NOFILE})
 * @param oomScoreAdjust absent: inherited
 * @param terminalSize the first size of its terminal; absent: whatever the kernel gives
 * @param appArmor the AppArmor profile; absent: none is set
 */
public record ProcessSpec(
        List<String> args,
        List<String> env,
        String workingDirectory,
        ResolvedUser user,
        boolean terminal,
        Set<String> capabilities,
        boolean noNewPrivileges,
        Map<String, Rlimit> rlimits,
        Optional<Integer> oomScoreAdjust,
        Optional<TerminalSize> terminalSize,
        Optional<String> appArmor) {

    public ProcessSpec {
        if (args.isEmpty()) {
            throw new IllegalArgumentException("A process needs a program");
        }
        args = List.copyOf(args);
        env = List.copyOf(env);
        capabilities = Set.copyOf(capabilities);
        rlimits = Map.copyOf(rlimits);
    }

    /** Gives the same process with another command line, further variables that win, and further groups. */
    public ProcessSpec with(List<String> commandLine, List<String> variables, List<Integer> groups) {
        Map<String, String> merged = new LinkedHashMap<>();
        Stream.concat(env.stream(), variables.stream())
                .forEach(pair -> merged.put(pair.substring(0, Math.max(0, pair.indexOf('='))), pair));
        List<Integer> gids = Stream.concat(user.additionalGids().stream(), groups.stream())
                .distinct()
                .toList();
        return new ProcessSpec(
                commandLine,
                List.copyOf(merged.values()),
                workingDirectory,
                new ResolvedUser(user.uid(), user.gid(), gids),
                terminal,
                capabilities,
                noNewPrivileges,
                rlimits,
                oomScoreAdjust,
                terminalSize,
                appArmor);
    }

    /** The same with a terminal of another first size. */
    public ProcessSpec withTerminalSize(Optional<TerminalSize> size) {
        return new ProcessSpec(
                args,
                env,
                workingDirectory,
                user,
                terminal,
                capabilities,
                noNewPrivileges,
                rlimits,
                oomScoreAdjust,
                size,
                appArmor);
    }

    /**
     * A user by number.
     *
     * @param uid 0 to 2^31-1
     * @param gid 0 to 2^31-1
     * @param additionalGids further groups
     */
    public record ResolvedUser(int uid, int gid, List<Integer> additionalGids) {
        public ResolvedUser {
            additionalGids = List.copyOf(additionalGids);
        }
    }

    /**
     * A resource limit of a process; -1 for none.
     *
     * @param soft the limit that holds
     * @param hard how far the process may raise it
     */
    public record Rlimit(long soft, long hard) {}
}
