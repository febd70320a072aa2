package dev.gantry.registry;

import java.util.List;

/** The media types of images, as registries name them, and what may be asked about them. */
public final class MediaType {

    /** An OCI image manifest. */
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    /** An OCI image index: one name for several platforms. */
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    /** An OCI image configuration. */
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    /** An OCI layer, not compressed. */
    public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
    /** An OCI layer, gzip. */
    public static final String OCI_LAYER_GZIP = OCI_LAYER + "+gzip";
    /** An OCI layer, zstd. */
    public static final String OCI_LAYER_ZSTD = OCI_LAYER + "+zstd";

    /** A Docker image manifest, schema 2. */
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    /** A Docker manifest list: one name for several platforms. */
    public static final String DOCKER_MANIFEST_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    /** A Docker image configuration. */
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    /** A Docker layer, not compressed. */
    public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";
    /** A Docker layer, gzip. */
    public static final String DOCKER_LAYER_GZIP = DOCKER_LAYER + ".gzip";
    /** A Docker layer, zstd. */
    public static final String DOCKER_LAYER_ZSTD = DOCKER_LAYER + ".zstd";

    /** Every form in which an image can be taken, the preferred first. */
    static final List<String> ACCEPTED = List.of(OCI_INDEX, OCI_MANIFEST, DOCKER_MANIFEST_LIST, DOCKER_MANIFEST);

    private MediaType() {}

    /** Whether this is an index or a manifest list. */
    public static boolean isIndex(String mediaType) {
        return mediaType.equals(OCI_INDEX) || mediaType.equals(DOCKER_MANIFEST_LIST);
    }

    /** Whether this is the manifest of one image. */
    public static boolean isManifest(String mediaType) {
        return mediaType.equals(OCI_MANIFEST) || mediaType.equals(DOCKER_MANIFEST);
    }
}
