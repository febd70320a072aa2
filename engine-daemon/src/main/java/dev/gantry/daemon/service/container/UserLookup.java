package dev.gantry.daemon.service.container;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.OpenFlags;
import dev.gantry.daemon.linux.file.RootDirectory;
import dev.gantry.daemon.runtime.spec.ProcessSpec.ResolvedUser;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds users and groups in a container's own {@code /etc/passwd} and {@code /etc/group}, which are read inside its root
 * and no further than 1 MiB (an image's file must not exhaust the engine).
 */
public final class UserLookup {

    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final String RANGE = "uids and gids must be in range 0-2147483647";

    private final List<String[]> users;
    private final List<String[]> groups;

    private UserLookup(List<String[]> users, List<String[]> groups) {
        this.users = users;
        this.groups = groups;
    }

    /** Reads the files of a container. */
    public static UserLookup in(RootDirectory root) {
        return new UserLookup(lines(root, "/etc/passwd"), lines(root, "/etc/group"));
    }

    static UserLookup of(String passwd, String group) {
        return new UserLookup(split(passwd), split(group));
    }

    /**
     * Resolves {@code user[:group]}, names or numbers; empty means root.
     *
     * @param more further groups, names or numbers
     * @throws EngineException invalid where a name is unknown or a number out of range
     */
    public ResolvedUser resolve(String user, Collection<String> more) {
        int colon = user.indexOf(':');
        String name = colon < 0 ? user : user.substring(0, colon);
        String group = colon < 0 ? "" : user.substring(colon + 1);
        Optional<String[]> entry = userEntry(name.isEmpty() ? "0" : name);
        int uid = entry.map(e -> number(e[2])).orElseGet(() -> numericOr(name, "unable to find user", "passwd"));
        int gid = group.isEmpty() ? entry.map(e -> number(e[3])).orElse(0) : groupNumber(group);
        Set<Integer> additional = new LinkedHashSet<>();
        // CVE-2022-36109: without the primary group among them a setgid program could drop it
        additional.add(gid);
        if (group.isEmpty()) {
            entry.ifPresent(e -> memberships(e[0]).forEach(additional::add));
        }
        more.forEach(g -> additional.add(groupNumber(g)));
        return new ResolvedUser(uid, gid, List.copyOf(additional));
    }

    private Optional<String[]> userEntry(String nameOrNumber) {
        Optional<String[]> byName = first(users, e -> e.length >= 4 && e[0].equals(nameOrNumber));
        return byName.or(() -> first(users, e -> e.length >= 4 && e[2].equals(nameOrNumber)));
    }

    private int groupNumber(String nameOrNumber) {
        return first(groups, e -> e.length >= 3 && e[0].equals(nameOrNumber))
                .map(e -> number(e[2]))
                .orElseGet(() -> numericOr(nameOrNumber, "Unable to find group", "group"));
    }

    private List<Integer> memberships(String user) {
        List<Integer> found = new ArrayList<>();
        for (String[] entry : groups) {
            if (entry.length >= 4 && List.of(entry[3].split(",", -1)).contains(user)) {
                found.add(number(entry[2]));
            }
        }
        return found;
    }

    private static Optional<String[]> first(List<String[]> entries, Predicate<String[]> test) {
        return entries.stream().filter(test).findFirst();
    }

    private static int numericOr(String text, String kind, String file) {
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.chars().allMatch(Character::isDigit)) {
            // compat: docker's text
            throw EngineException.invalid(kind + " " + text + ": no matching entries in " + file + " file");
        }
        return number(text);
    }

    /** Numbers beyond 2^31-1 are refused: they would wrap to other users (CVE-2024-40635). */
    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new EngineException(EngineException.Kind.INVALID, RANGE, e);
        }
        throw EngineException.invalid(RANGE);
    }

    private static List<String[]> lines(RootDirectory root, String path) {
        // looked at before it is opened for reading: to open a device or a pipe of an image's may have effects
        try (Fd fd = root.open(ContainerPath.of(path), OpenFlags.O_PATH, 0)) {
            return FileCalls.status(fd).isRegular() ? split(text(fd)) : List.of();
        } catch (LinuxException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
                return List.of();
            }
            throw e;
        } catch (IOException e) {
            throw EngineException.internal("reading " + path + " of the container: " + e.getMessage(), e);
        }
    }

    private static String text(Fd file) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(file.procPath()))) {
            return new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8);
        }
    }

    private static List<String[]> split(String text) {
        return text.lines()
                .filter(l -> !l.isBlank() && !l.startsWith("#"))
                .map(l -> l.split(":", -1))
                .toList();
    }
}
