package dev.gantry.api;

import org.jspecify.annotations.Nullable;

/**
 * A mount asked for: bind, volume, tmpfs, image, npipe or cluster.
 */
public record Mount(
        @OmitEmpty String type,
        @OmitEmpty String source,
        @OmitEmpty String target,
        @OmitEmpty boolean readOnly,
        @OmitEmpty String consistency,
        @OmitNull @Nullable BindOptions bindOptions,
        @OmitNull @Nullable VolumeOptions volumeOptions,
        @OmitNull @Nullable ImageOptions imageOptions,
        @OmitNull @Nullable TmpfsOptions tmpfsOptions) {

    public Mount {
        type = Absent.text(type);
        source = Absent.text(source);
        target = Absent.text(target);
        consistency = Absent.text(consistency);
    }
}
