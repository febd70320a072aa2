package dev.gantry.daemon.store;

import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.file.DirectoryReader;
import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.FileStatus;
import dev.gantry.daemon.linux.file.OpenFlags;
import dev.gantry.daemon.linux.file.PathBytes;
import dev.gantry.daemon.linux.file.Xattrs;
import dev.gantry.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Describes a tree, one line of all attributes for each name, so that two trees can be compared. */
public final class TreeListing {

    private final Map<String, String> lines = new TreeMap<>();
    private final Map<Long, String> firstNames = new HashMap<>();

    private TreeListing() {}

    public static Map<String, String> of(Path root) {
        TreeListing listing = new TreeListing();
        try (Fd directory = FileCalls.openDirectory(root)) {
            listing.gather(directory, ".");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return listing.lines;
    }

    private void gather(Fd directory, String path) throws IOException {
        lines.put(path, describe(directory, PathBytes.of("."), FileCalls.status(directory), path));
        java.util.List<DirectoryReader.Entry> entries = new java.util.ArrayList<>(DirectoryReader.read(directory));
        entries.sort(java.util.Comparator.comparing(entry -> latin1(entry.name())));
        for (DirectoryReader.Entry entry : entries) {
            String below = path + "/" + latin1(entry.name());
            FileStatus status =
                    FileCalls.status(directory.number(), entry.name()).orElseThrow();
            if (status.isDirectory()) {
                int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW;
                try (Fd opened = FileCalls.openat(directory.number(), entry.name(), flags, 0)) {
                    gather(opened, below);
                }
            } else {
                lines.put(below, describe(directory, entry.name(), status, below));
            }
        }
    }

    private String describe(Fd directory, byte[] name, FileStatus status, String path) throws IOException {
        StringBuilder line = new StringBuilder();
        line.append(Integer.toOctalString(status.mode()))
                .append(" owner=")
                .append(Integer.toUnsignedString(status.user()))
                .append(':')
                .append(Integer.toUnsignedString(status.group()))
                .append(" mtime=")
                .append(status.modified());
        if (!status.isDirectory()) {
            line.append(" size=").append(status.size());
            // Of a file without holes the file system may take a block more or less for its own tables.
            boolean sparse = status.blocks() * 512 < status.size();
            line.append(" blocks=").append(sparse ? status.blocks() : "all");
            line.append(" links=").append(status.links());
            line.append(" same=").append(firstNames.computeIfAbsent(status.inode(), inode -> path));
            line.append(" device=").append(status.deviceMajor()).append(':').append(status.deviceMinor());
        }
        if (status.isSymbolicLink()) {
            line.append(" target=").append(latin1(FileCalls.readlinkat(directory.number(), name)));
        }
        if (status.isRegular()) {
            line.append(" content=").append(hash(directory, name));
        }
        for (String attribute : new java.util.TreeSet<>(Xattrs.list(directory, name))) {
            byte[] value = Xattrs.get(directory, name, attribute).orElseThrow();
            line.append(' ').append(attribute).append('=').append(HexFormat.of().formatHex(value));
        }
        return line.toString();
    }

    private static Digest hash(Fd directory, byte[] name) throws IOException {
        var function = Digest.newSha256();
        try (Fd file = FileCalls.openat(directory.number(), name, OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW, 0);
                InputStream stream = Files.newInputStream(Path.of(file.procPath()))) {
            byte[] buffer = new byte[65_536];
            for (int n = stream.read(buffer); n > 0; n = stream.read(buffer)) {
                function.update(buffer, 0, n);
            }
        }
        return Digest.sha256(function);
    }

    private static String latin1(byte[] name) {
        return new String(name, 0, name.length - 1, StandardCharsets.ISO_8859_1);
    }
}
