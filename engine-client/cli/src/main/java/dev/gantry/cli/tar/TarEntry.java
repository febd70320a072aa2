package dev.gantry.cli.tar;

/**
 * The head of one member of a tar.
 *
 * @param type as ustar numbers it: 0 file, 1 hard link, 2 symbolic link, 5 directory
 * @param mode permission bits
 * @param modified seconds since the epoch
 */
public record TarEntry(
        String name, char type, int mode, int userId, int groupId, long size, long modified, String linkTarget) {

    public boolean isDirectory() {
        return type == '5';
    }

    public boolean isSymbolicLink() {
        return type == '2';
    }

    public boolean isHardLink() {
        return type == '1';
    }

    public boolean isFile() {
        return type == '0' || type == '\0';
    }
}
