package dev.gantry.daemon.store.layer;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.OpenFlags;
import dev.gantry.daemon.linux.file.RootDirectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the directories of a layer open that were used last, and makes those that entries take for granted. For one
 * thread; closing it closes the directories, not the root.
 */
final class DirectoryCache implements AutoCloseable {

    private static final int OPEN_MAXIMUM = 64;

    private final RootDirectory root;
    private final Map<ContainerPath, Fd> open = new LinkedHashMap<>(OPEN_MAXIMUM * 2, 0.75f, true);
    private final Set<ContainerPath> implicit = new LinkedHashSet<>();

    DirectoryCache(RootDirectory root) {
        this.root = root;
    }

    /** The directory at a path, made when missing. It stays the cache's, and open until two more calls. */
    Fd directory(ContainerPath path) {
        if (path.isRoot()) {
            return root.descriptor();
        }
        Fd known = open.get(path);
        if (known != null) {
            return known;
        }
        Fd found;
        try {
            found = root.openDirectory(path);
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
            found = make(path);
        }
        add(path, found);
        return found;
    }

    private Fd make(ContainerPath path) {
        Fd parent = directory(path.parent());
        byte[] name = path.nameBytes();
        FileCalls.mkdirat(parent.number(), name, 0755);
        Fd made = FileCalls.openat(
                parent.number(), name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, 0);
        FileCalls.fchmod(made, 0755);
        implicit.add(path);
        return made;
    }

    /** Takes over a directory that an entry of the archive describes. */
    void add(ContainerPath path, Fd directory) {
        Fd replaced = open.put(path, directory);
        if (replaced != null && replaced != directory) {
            replaced.close();
        }
        if (open.size() > OPEN_MAXIMUM) {
            var eldest = open.entrySet().iterator();
            Fd oldest = eldest.next().getValue();
            eldest.remove();
            oldest.close();
        }
    }

    /** Notes that an entry of the archive describes the directory at a path. */
    void described(ContainerPath path) {
        implicit.remove(path);
    }

    /** Forgets all open directories, as a path may now lead somewhere else. */
    void forget() {
        open.values().forEach(Fd::close);
        open.clear();
    }

    /** The directories that no entry describes, outer ones first. */
    List<ContainerPath> implicit() {
        return new ArrayList<>(implicit);
    }

    @Override
    public void close() {
        forget();
    }
}
