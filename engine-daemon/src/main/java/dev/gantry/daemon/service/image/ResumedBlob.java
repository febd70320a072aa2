package dev.gantry.daemon.service.image;

import dev.gantry.registry.Credentials;
import dev.gantry.registry.Descriptor;
import dev.gantry.registry.ImageReference;
import dev.gantry.registry.RegistryClient;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a blob of which the beginning is stored. The registry is asked only when the stored part has been read,
 * as its bytes count for the digest. For one thread; the owner closes it.
 */
final class ResumedBlob implements AutoCloseable {

    private final RegistryClient registry;
    private final ImageReference repository;
    private final Descriptor descriptor;
    private final Credentials who;
    private final long offset;
    private final MessageDigest gathered;
    private long passed;
    private @Nullable InputStream remote;

    ResumedBlob(
            RegistryClient registry, ImageReference repository, Descriptor descriptor, Credentials who, long offset) {
        this.registry = registry;
        this.repository = repository;
        this.descriptor = descriptor;
        this.who = who;
        this.offset = offset;
        this.gathered = descriptor.digest().newFunction();
    }

    /** The bytes from the offset on. */
    InputStream rest() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return remote().read();
            }

            @Override
            public int read(byte[] buffer, int start, int length) throws IOException {
                return remote().read(buffer, start, length);
            }
        };
    }

    /** A view of the whole blob, stored part first, that takes note of the stored part. */
    InputStream noting(InputStream whole) {
        return new FilterInputStream(whole) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] buffer, int start, int length) throws IOException {
                int count = in.read(buffer, start, length);
                if (count > 0 && passed < offset) {
                    int stored = (int) Math.min(count, offset - passed);
                    gathered.update(buffer, start, stored);
                    passed += stored;
                }
                return count;
            }
        };
    }

    private InputStream remote() {
        InputStream open = remote;
        if (open == null) {
            open = registry.resumeBlob(repository, descriptor, who, offset, gathered);
            remote = open;
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        if (remote != null) {
            remote.close();
        }
    }
}
