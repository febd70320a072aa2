package dev.gantry.daemon.service.image;

import dev.gantry.registry.Digest;

/**
 * A layer of an image and the blob it came in.
 *
 * @param diffId digest of the layer's tar, uncompressed
 * @param blob digest of the blob as it came, compressed or not
 * @param blobSize bytes of the blob
 * @param mediaType of the blob, in OCI's words
 * @param size bytes of the files in the layer
 */
record StoredLayer(Digest diffId, Digest blob, long blobSize, String mediaType, long size) {}
