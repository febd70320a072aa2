package dev.gantry.daemon.runtime.spec;

/**
 * A device file that the container gets.
 *
 * @param path absolute, inside the container
 * @param kind character or block device
 * @param major device number
 * @param minor device number
 * @param mode permission bits
 * @param uid owner
 * @param gid group
 */
public record DeviceNode(String path, Kind kind, long major, long minor, int mode, int uid, int gid) {

    /** The kinds of devices. */
    public enum Kind {
        CHARACTER("c"),
        BLOCK("b");

        private final String letter;

        Kind(String letter) {
            this.letter = letter;
        }

        /** As cgroup device rules and the OCI specification write it. */
        public String letter() {
            return letter;
        }
    }
}
