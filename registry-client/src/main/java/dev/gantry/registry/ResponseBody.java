package dev.gantry.registry;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream whose every wait ends: the client's own stream waits for ever. The HTTP client's
 * threads fill a bounded queue, one reader empties it; any thread may close it, which ends the transfer and the wait of
 * the reader. An interrupt of the reader does the same.
 */
final class ResponseBody extends InputStream implements BodySubscriber<ResponseBody> {

    /** Lists of buffers (each up to three of the client's 16 KiB) that may be on their way: enough to keep both busy. */
    private static final int WINDOW = 32;

    private static final int REFILL = WINDOW / 4;

    private final Duration stall;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<List<ByteBuffer>> arrived = new ArrayDeque<>(WINDOW);
    private @Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private boolean complete;
    private boolean closed;

    // Of the reader alone.
    private List<ByteBuffer> current = List.of();
    private int index;
    private int taken;
    private long waitedNanos;
    private long readSinceWait;

    ResponseBody(Duration stall) {
        this.stall = stall;
    }

    @Override
    public CompletionStage<ResponseBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        boolean unwanted;
        lock.lock();
        try {
            unwanted = closed || subscription != null;
            if (!unwanted) {
                subscription = newSubscription;
            }
        } finally {
            lock.unlock();
        }
        if (unwanted) {
            newSubscription.cancel();
        } else {
            newSubscription.request(WINDOW);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        lock.lock();
        try {
            if (!closed) {
                arrived.add(buffers);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onError(Throwable cause) {
        end(cause);
    }

    @Override
    public void onComplete() {
        end(null);
    }

    private void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            if (!complete) {
                complete = true;
                failure = cause;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int total = 0;
        while (total < length) {
            ByteBuffer source = total == 0 ? next() : nextWithoutWait();
            if (source == null) {
                break;
            }
            int count = Math.min(length - total, source.remaining());
            source.get(target, offset + total, count);
            total += count;
        }
        readSinceWait += total;
        return total == 0 ? -1 : total;
    }

    private @Nullable ByteBuffer nextWithoutWait() {
        while (index < current.size()) {
            ByteBuffer buffer = current.get(index);
            if (buffer.hasRemaining()) {
                return buffer;
            }
            index++;
        }
        return null;
    }

    private @Nullable ByteBuffer next() throws IOException {
        while (true) {
            ByteBuffer buffer = nextWithoutWait();
            if (buffer != null) {
                return buffer;
            }
            List<ByteBuffer> list = await();
            if (list == null) {
                return null;
            }
            current = list;
            index = 0;
            refill();
        }
    }

    private void refill() {
        taken++;
        if (taken == REFILL) {
            taken = 0;
            Subscription source;
            lock.lock();
            try {
                source = subscription;
            } finally {
                lock.unlock();
            }
            if (source != null) {
                source.request(REFILL);
            }
        }
    }

    private @Nullable List<ByteBuffer> await() throws IOException {
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    throw new InterruptedIOException("the transfer was closed");
                }
                List<ByteBuffer> list = arrived.poll();
                if (list != null) {
                    return list;
                }
                if (complete) {
                    return ended();
                }
                awaitChange();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("the transfer was interrupted").initCause(e);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable List<ByteBuffer> ended() throws IOException {
        if (failure == null) {
            return null;
        }
        if (failure instanceof EOFException || failure.getMessage() == null) {
            throw new EOFException("the connection ended in the middle of the transfer");
        }
        throw new IOException(failure.getMessage(), failure);
    }

    /** Waits for a change, within what is left of the stall deadline. Time in which the reader is busy does not count. */
    @SuppressWarnings("WaitNotInLoop") // The only caller loops.
    private void awaitChange() throws IOException, InterruptedException {
        if (readSinceWait >= Deadlines.LEAST_PROGRESS) {
            readSinceWait = 0;
            waitedNanos = 0;
        }
        long left = stall.toNanos() - waitedNanos;
        if (left <= 0) {
            throw new StalledException(stall);
        }
        long start = System.nanoTime();
        changed.await(left, TimeUnit.NANOSECONDS);
        waitedNanos += System.nanoTime() - start;
    }

    /** Reads what is left, which must come within the deadline and be no more than the limit. */
    byte[] readDocument(int limit, Duration deadline) throws IOException {
        long end = System.nanoTime() + deadline.toNanos();
        byte[] buffer = new byte[Math.min(limit, 64 * 1024)];
        int length = 0;
        while (true) {
            if (length == buffer.length) {
                if (length >= limit) {
                    if (read() < 0) {
                        return buffer;
                    }
                    throw new OversizeException(limit);
                }
                buffer = Arrays.copyOf(buffer, (int) Math.min(limit, 2L * length));
            }
            int count = read(buffer, length, buffer.length - length);
            if (count < 0) {
                return Arrays.copyOf(buffer, length);
            }
            length += count;
            if (System.nanoTime() - end > 0) {
                throw new StalledException(deadline);
            }
        }
    }

    @Override
    public void close() {
        Subscription source;
        boolean abort;
        lock.lock();
        try {
            abort = !closed && !complete;
            closed = true;
            arrived.clear();
            source = subscription;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (abort && source != null) {
            source.cancel();
        }
    }

    /** The peer has sent too little for too long. */
    static final class StalledException extends IOException {
        private static final long serialVersionUID = 1;

        StalledException(Duration deadline) {
            super("the transfer stalled: too little arrived within " + deadline.toMillis() + " ms");
        }
    }

    /** The body is larger than the reader takes. */
    static final class OversizeException extends IOException {
        private static final long serialVersionUID = 1;

        OversizeException(int limit) {
            super("the answer is larger than the limit of " + limit + " bytes");
        }
    }
}
