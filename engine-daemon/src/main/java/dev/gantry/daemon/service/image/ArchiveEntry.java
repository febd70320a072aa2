package dev.gantry.daemon.service.image;

/**
 * An entry of an archive of images.
 *
 * @param name path in the archive, without dots and without a slash in front
 * @param type what it is
 * @param size bytes of a file's content
 * @param target where a link leads: for a symbolic link from its directory, for a hard link from the root
 */
record ArchiveEntry(String name, Type type, long size, String target) {

    enum Type {
        FILE,
        SYMBOLIC_LINK,
        HARD_LINK,
        OTHER
    }
}
