package dev.gantry.daemon.api.docker.container;

import dev.gantry.daemon.type.EngineException;
import java.util.List;
import java.util.Set;

/** Checks the options of file systems in memory. */
final class TmpfsWords {

    private static final Set<String> FLAGS = Set.of(
            "defaults",
            "ro",
            "rw",
            "suid",
            "nosuid",
            "dev",
            "nodev",
            "exec",
            "noexec",
            "sync",
            "async",
            "dirsync",
            "remount",
            "mand",
            "nomand",
            "atime",
            "noatime",
            "diratime",
            "nodiratime",
            "bind",
            "rbind",
            "unbindable",
            "runbindable",
            "private",
            "rprivate",
            "shared",
            "rshared",
            "slave",
            "rslave",
            "relatime",
            "norelatime",
            "strictatime",
            "nostrictatime");

    private static final Set<String> VALUES = Set.of("size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol");

    /** Words that mean nothing for memory: dockerd takes them, and the runtimes would not. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("defaults", "remount", "bind", "rbind");

    private TmpfsWords() {}

    /**
     * Gives the options that an OCI runtime is told.
     *
     * @throws EngineException of kind invalid for one that there is not
     */
    static List<String> checked(List<String> words) {
        for (String word : words) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!(equals < 0 ? FLAGS : VALUES).contains(name)) {
                // compat: docker's text
                throw EngineException.invalid("invalid tmpfs option \"" + name + "\"");
            }
        }
        return words.stream().filter(word -> !WITHOUT_EFFECT.contains(word)).toList();
    }
}
