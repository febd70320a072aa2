package dev.gantry.daemon.store.layer;

import dev.gantry.daemon.linux.file.ContainerPath;
import dev.gantry.daemon.linux.file.Timestamp;
import java.util.List;
import java.util.Map;

/**
 * One entry of an archive, all its headers taken together.
 *
 * @param path where it goes
 * @param type what it is
 * @param link of a symbolic link its target as it stands, of a hard link the path in the archive; bytes as characters of
 *     ISO 8859-1
 * @param mode permission bits
 * @param user numeric owner
 * @param group numeric group
 * @param stored bytes of data that follow in the archive
 * @param size bytes the file has in the end
 * @param modified time of the last write
 * @param accessed time of the last read
 * @param deviceMajor of a device
 * @param deviceMinor of a device
 * @param attributes extended attributes by their names
 * @param data where the stored bytes of a sparse file go; empty when the file is not sparse
 */
record TarEntry(
        ContainerPath path,
        Type type,
        String link,
        int mode,
        int user,
        int group,
        long stored,
        long size,
        Timestamp modified,
        Timestamp accessed,
        int deviceMajor,
        int deviceMinor,
        Map<String, byte[]> attributes,
        List<Segment> data,
        boolean sparse) {

    /** The kinds of entries a layer can hold. */
    enum Type {
        FILE,
        HARD_LINK,
        SYMBOLIC_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        DIRECTORY,
        FIFO
    }

    /** A piece of a sparse file that has data. */
    record Segment(long offset, long size) {}

    TarEntry {
        attributes = Map.copyOf(attributes);
        data = List.copyOf(data);
    }
}
