package dev.gantry.daemon.store.layer;

/**
 * What one layer may cost, whatever its archive claims.
 *
 * @param bytes of the uncompressed archive at most
 * @param entries of the archive at most
 * @param ratio uncompressed to compressed bytes at most, looked at once {@link #RATIO_FLOOR} bytes have come out
 */
public record UnpackLimits(long bytes, long entries, int ratio) {

    /** Below this many uncompressed bytes any ratio is harmless. */
    public static final long RATIO_FLOOR = 1L << 30;

    /** 256 GiB, 4 million entries, 400 to 1. */
    public static final UnpackLimits DEFAULT = new UnpackLimits(256L << 30, 4_000_000, 400);

    public UnpackLimits {
        if (bytes <= 0 || entries <= 0 || ratio <= 0) {
            throw new IllegalArgumentException("Limits of a layer must be positive");
        }
    }
}
