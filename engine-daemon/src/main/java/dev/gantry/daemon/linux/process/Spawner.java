package dev.gantry.daemon.linux.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.IntByReference;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts host programs with {@code posix_spawn}: in a session of their own, with all signals at their defaults and
 * unblocked, and with no descriptor but those named. Descriptors of the JVM are not close-on-exec, so nothing less than
 * closing all others keeps them out of containers. The program starts in the namespaces of the calling thread. Safe for
 * use by many threads.
 */
public final class Spawner {

    /** Room for the C library's opaque structures: 80 and 336 bytes in glibc on 64 bit machines. */
    private static final int OPAQUE_BYTES = 1024;

    private static final int SIGNAL_SET_BYTES = 128;
    private static final short POSIX_SPAWN_SETSIGDEF = 0x04;
    private static final short POSIX_SPAWN_SETSIGMASK = 0x08;
    private static final short POSIX_SPAWN_SETSID = 0x80;
    private static final int F_DUPFD_CLOEXEC = 1030;

    private Spawner() {}

    /**
     * Starts a program. The caller closes the child.
     *
     * @throws LinuxException where it cannot be started
     */
    public static ChildProcess spawn(Command command) {
        List<Fd> moved = new ArrayList<>();
        try {
            return spawn(command, outOfTheWay(command.descriptors(), moved));
        } finally {
            moved.forEach(Fd::close);
        }
    }

    /** Sources that have the number of a target are duplicated upwards first, so that no dup2 overwrites a later source. */
    private static int[] outOfTheWay(List<Fd> descriptors, List<Fd> moved) {
        int targets = descriptors.size();
        int[] sources = new int[targets];
        for (int i = 0; i < targets; i++) {
            int source = descriptors.get(i).number();
            if (source < targets) {
                Fd copy = Fd.own(
                        call("fcntl", "F_DUPFD_CLOEXEC", () -> CLibrary.fcntl(source, F_DUPFD_CLOEXEC, targets)));
                moved.add(copy);
                sources[i] = copy.number();
            } else {
                sources[i] = source;
            }
        }
        return sources;
    }

    private static ChildProcess spawn(Command command, int[] sources) {
        String program = command.argv().get(0);
        Memory actions = new Memory(OPAQUE_BYTES);
        Memory attributes = new Memory(OPAQUE_BYTES);
        check("posix_spawn_file_actions_init", program, CLibrary.posix_spawn_file_actions_init(actions));
        try {
            check("posix_spawnattr_init", program, CLibrary.posix_spawnattr_init(attributes));
            try {
                addActions(actions, command, sources);
                addAttributes(attributes, program);
                IntByReference pid = new IntByReference();
                StringArray argv = strings(command.argv());
                StringArray env = strings(command.env());
                check(
                        "posix_spawn",
                        program,
                        CLibrary.posix_spawn(pid, string(program), actions, attributes, argv, env));
                return ChildProcess.of(pid.getValue());
            } finally {
                CLibrary.posix_spawnattr_destroy(attributes);
            }
        } finally {
            CLibrary.posix_spawn_file_actions_destroy(actions);
        }
    }

    private static void addActions(Memory actions, Command command, int[] sources) {
        String program = command.argv().get(0);
        for (int i = 0; i < sources.length; i++) {
            check(
                    "posix_spawn_file_actions_adddup2",
                    program,
                    CLibrary.posix_spawn_file_actions_adddup2(actions, sources[i], i));
        }
        check(
                "posix_spawn_file_actions_addclosefrom_np",
                program,
                CLibrary.posix_spawn_file_actions_addclosefrom_np(actions, sources.length));
        check(
                "posix_spawn_file_actions_addchdir_np",
                program,
                CLibrary.posix_spawn_file_actions_addchdir_np(
                        actions, string(command.directory().toString())));
    }

    private static void addAttributes(Memory attributes, String program) {
        Memory none = new Memory(SIGNAL_SET_BYTES);
        none.clear();
        Memory all = new Memory(SIGNAL_SET_BYTES);
        all.setMemory(0, SIGNAL_SET_BYTES, (byte) 0xff);
        check("posix_spawnattr_setsigmask", program, CLibrary.posix_spawnattr_setsigmask(attributes, none));
        check("posix_spawnattr_setsigdefault", program, CLibrary.posix_spawnattr_setsigdefault(attributes, all));
        short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID;
        check("posix_spawnattr_setflags", program, CLibrary.posix_spawnattr_setflags(attributes, flags));
    }

    private static StringArray strings(List<String> values) {
        return new StringArray(values.toArray(String[]::new), StandardCharsets.UTF_8.name());
    }

    /** The C library copies it where it needs it longer than the call. */
    private static Memory string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        Memory memory = new Memory(bytes.length + 1L);
        memory.write(0, bytes, 0, bytes.length);
        memory.setByte(bytes.length, (byte) 0);
        return memory;
    }

    /** The posix_spawn family returns the error number rather than setting it. */
    private static void check(String call, String subject, int result) {
        if (result != 0) {
            throw new LinuxException(call, subject, result);
        }
    }

    private static int call(String name, String subject, SystemCall call) {
        try {
            return call.run();
        } catch (LastErrorException e) {
            throw new LinuxException(name, subject, e.getErrorCode());
        }
    }

    private interface SystemCall {
        int run() throws LastErrorException;
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int posix_spawn_file_actions_init(Pointer actions);

        static native int posix_spawn_file_actions_destroy(Pointer actions);

        static native int posix_spawn_file_actions_adddup2(Pointer actions, int fd, int target);

        static native int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

        static native int posix_spawn_file_actions_addchdir_np(Pointer actions, Pointer path);

        static native int posix_spawnattr_init(Pointer attributes);

        static native int posix_spawnattr_destroy(Pointer attributes);

        static native int posix_spawnattr_setflags(Pointer attributes, short flags);

        static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer set);

        static native int posix_spawnattr_setsigdefault(Pointer attributes, Pointer set);

        static native int posix_spawn(
                IntByReference pid, Pointer path, Pointer actions, Pointer attributes, Pointer argv, Pointer env);

        static native int fcntl(int fd, int command, int argument) throws LastErrorException;
    }
}
