package dev.gantry.registry;

import dev.gantry.registry.RegistryException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A blob whose size and digest are checked before the last of its bytes is handed out, and which is picked up where it
 * stood when the connection breaks. It is given up only after several failures without progress between them. One thread
 * reads; any may close.
 */
final class BlobStream extends InputStream {

    private final BlobSource source;
    private final Digest digest;
    private final long size;
    private final MessageDigest function;
    private final Backoff backoff;
    private long position;
    private long failedAt;
    private boolean verified;
    private @Nullable RegistryException failure;
    private volatile @Nullable ResponseBody body;
    private volatile boolean closed;

    BlobStream(BlobSource source, Descriptor descriptor, long offset, MessageDigest function) {
        this.source = source;
        this.digest = descriptor.digest();
        this.size = descriptor.size();
        this.function = function;
        this.backoff = source.backoff();
        this.position = offset;
        this.failedAt = offset;
    }

    /** Connects, so that a blob that is not there is known before the first byte is asked for. */
    BlobStream open() {
        if (position == size) {
            verify();
            return this;
        }
        try {
            while (body == null) {
                attempt(null, 0, 0);
            }
            return this;
        } catch (RegistryException e) {
            close();
            throw e;
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Reads on.
     *
     * @throws RegistryException where the blob is not what it should be or cannot be had
     */
    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (failure != null) {
            throw failure;
        }
        if (length == 0) {
            return 0;
        }
        if (verified) {
            return -1;
        }
        try {
            int count = 0;
            while (count <= 0) {
                count = attempt(target, offset, (int) Math.min(length, size - position));
            }
            function.update(target, offset, count);
            position += count;
            if (position == size) {
                verify();
            }
            return count;
        } catch (RegistryException e) {
            failure = e;
            close();
            throw e;
        }
    }

    /** Opens or reads, once; after a failure that may pass it returns 0 when it is time to try again. */
    private int attempt(byte @Nullable [] target, int offset, int length) {
        RegistryException problem;
        try {
            ResponseBody current = body;
            if (current == null) {
                connect();
                return 0;
            }
            int count = target == null ? 0 : current.read(target, offset, length);
            if (count >= 0) {
                return count;
            }
            problem = RegistryException.of(
                    Kind.UNAVAILABLE, source.action(), "it ended after " + position + " of " + size + " bytes");
        } catch (IOException e) {
            problem = Failures.broken(source.action(), source.origin(), e);
        } catch (RegistryException e) {
            problem = e;
        }
        recover(problem);
        return 0;
    }

    private void connect() throws IOException {
        checkOpen();
        ResponseBody opened = source.open(position);
        body = opened;
        if (closed) {
            opened.close();
            checkOpen();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw RegistryException.of(Kind.CANCELLED, source.action(), "the transfer was closed");
        }
    }

    private void recover(RegistryException problem) {
        closeBody();
        checkOpen();
        if (position - failedAt >= Deadlines.LEAST_PROGRESS) {
            backoff.reset();
        }
        failedAt = position;
        try {
            RegistryCaller.pause(backoff, problem, source.action());
        } catch (RegistryException e) {
            if (e.kind() == Kind.CANCELLED || !source.turnToNext()) {
                throw e;
            }
            backoff.reset();
        }
    }

    private void verify() {
        Digest actual = new Digest(digest.algorithm(), HexFormat.of().formatHex(function.digest()));
        if (!actual.equals(digest)) {
            throw source.invalid("its content has the digest " + actual);
        }
        checkEnd();
        verified = true;
        closeBody();
    }

    /** A server that goes on sending has another blob in mind, even if the beginning is right. */
    private void checkEnd() {
        ResponseBody current = body;
        if (current == null) {
            return;
        }
        int more;
        try {
            more = current.read();
        } catch (IOException e) {
            // The content is whole; how the connection ended does not matter.
            more = -1;
        }
        if (more >= 0) {
            throw source.invalid("the server sent more than the " + size + " bytes announced");
        }
    }

    private void closeBody() {
        ResponseBody current = body;
        body = null;
        if (current != null) {
            current.close();
        }
    }

    /** Ends the transfer, if need be in the middle, and a read that waits for it. */
    @Override
    public void close() {
        closed = true;
        ResponseBody current = body;
        if (current != null) {
            current.close();
        }
    }
}
