package dev.gantry.api;

/**
 * Options of a bind mount.
 */
public record BindOptions(
        @OmitEmpty String propagation,
        @OmitEmpty boolean nonRecursive,
        @OmitEmpty boolean createMountpoint,
        @OmitEmpty boolean readOnlyNonRecursive,
        @OmitEmpty boolean readOnlyForceRecursive) {

    public BindOptions {
        propagation = Absent.text(propagation);
    }
}
