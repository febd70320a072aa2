package dev.gantry.registry;

/**
 * A manifest or an index as it came, its digest checked. Immutable as long as nobody writes into {@link #content()}.
 */
public final class ResolvedManifest {

    private final ImageReference reference;
    private final Digest digest;
    private final String mediaType;
    private final byte[] content;

    ResolvedManifest(ImageReference reference, Digest digest, String mediaType, byte[] content) {
        this.reference = reference;
        this.digest = digest;
        this.mediaType = mediaType;
        this.content = content;
    }

    /** The name it was asked by. */
    public ImageReference reference() {
        return reference;
    }

    /** The digest of {@link #content()}. */
    public Digest digest() {
        return digest;
    }

    /** What it is, such as {@link MediaType#OCI_INDEX}. */
    public String mediaType() {
        return mediaType;
    }

    /** The very bytes; not a copy, do not change them. */
    public byte[] content() {
        return content;
    }

    /** What another manifest would say about this one. */
    public Descriptor descriptor() {
        return Descriptor.of(mediaType, digest, content.length);
    }

    /** Whether it is an index or a manifest list. */
    public boolean isIndex() {
        return MediaType.isIndex(mediaType);
    }

    /**
     * Reads it as the manifest of one image.
     *
     * @throws RegistryException of kind {@code INVALID_CONTENT} where it is none
     */
    public Manifest manifest() {
        try {
            return Manifest.parse(content, mediaType);
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    /**
     * Reads it as an index.
     *
     * @throws RegistryException of kind {@code INVALID_CONTENT} where it is none
     */
    public ManifestIndex index() {
        try {
            return ManifestIndex.parse(content, mediaType);
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    private RegistryException invalid(IllegalArgumentException cause) {
        return RegistryException.of(
                RegistryException.Kind.INVALID_CONTENT,
                "read the manifest " + digest + " of " + reference.familiar(),
                String.valueOf(cause.getMessage()),
                cause);
    }
}
