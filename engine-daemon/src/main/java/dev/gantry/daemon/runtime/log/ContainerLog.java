package dev.gantry.daemon.runtime.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of one container's log. The monitor writes to one name and replaces the file behind it by a new one, when it
 * is told to or by itself; here every such file has a second name with a number, so that no replacement loses anything,
 * and the next file is made ready before the monitor needs it. See {@code docs/adr/0007-log-rotation.md}. Safe for use
 * by many threads.
 */
public final class ContainerLog {

    private static final int ATTEMPTS = 100;
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final LogFiles files;
    private final LogLimits limits;
    private final Set<LogCursor> cursors = new HashSet<>();
    private boolean abandoned;

    /** @param current the name that the monitor writes to, in a directory that exists and is the container's own */
    public ContainerLog(Path current, LogLimits limits) {
        this.files = new LogFiles(current);
        this.limits = limits;
    }

    /** The name that the monitor writes to. */
    public Path file() {
        return files.current();
    }

    LogLimits limits() {
        return limits;
    }

    /**
     * What there is to read.
     *
     * @param closed files that nothing is written to any more, oldest first
     * @param current the file that is written to
     */
    record Survey(List<Segment> closed, Optional<Segment> current) {

        List<Segment> all() {
            List<Segment> all = new ArrayList<>(closed);
            current.ifPresent(all::add);
            return all;
        }
    }

    /** Makes everything ready for a monitor that is about to begin: nothing writes to the log now. */
    public synchronized void prepare() throws IOException {
        if (LogFiles.key(files.current()).isEmpty()) {
            create(files.current());
        }
        mendEnd();
        removeStraySpare();
        Survey survey = survey();
        if (limits.bounded() && survey.current().orElseThrow().size() >= limits.maxBytes()) {
            Files.move(
                    files.spare(),
                    files.current(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            tidy();
        }
    }

    /** A monitor that ended between making a file and putting it in place leaves one without a number. */
    private void removeStraySpare() throws IOException {
        Optional<Object> spare = LogFiles.key(files.spare());
        if (spare.isPresent()
                && files.segments().stream().noneMatch(s -> s.key().equals(spare.get()))) {
            Files.delete(files.spare());
        }
    }

    /** A line that a crash tore must not swallow the next one. */
    private void mendEnd() throws IOException {
        try (FileChannel channel =
                FileChannel.open(files.current(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
            }
        }
    }

    private static void create(Path file) throws IOException {
        Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)
                .close();
    }

    /** Makes no file any more: the directory is about to be removed. */
    public synchronized void abandon() {
        abandoned = true;
    }

    /** Sees to it that the file which is written to has a number and that the next one is ready. */
    synchronized Survey survey() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // in this order: the sizes of files that were closed by then are final
            Optional<Object> current = LogFiles.key(files.current());
            List<Segment> all = files.segments();
            if (current.isEmpty() || abandoned) {
                return new Survey(all, Optional.empty());
            }
            Optional<Segment> held =
                    all.stream().filter(s -> s.key().equals(current.get())).findFirst();
            if (held.isPresent()) {
                Segment found = held.get();
                List<Segment> closed =
                        all.stream().filter(s -> s.number() < found.number()).toList();
                makeSpare(all.get(all.size() - 1).number() + 1);
                return new Survey(closed, held);
            }
            hold(all);
        }
        throw new IOException("The log " + files.current() + " is replaced faster than it can be looked at");
    }

    /** Gives the current file a number; the monitor made it without us, so it is older than the one made ready. */
    private void hold(List<Segment> all) throws IOException {
        Optional<Object> spare = LogFiles.key(files.spare());
        long last = all.isEmpty() ? 0 : all.get(all.size() - 1).number();
        Optional<Segment> ready = all.stream()
                .filter(s -> spare.isPresent() && s.key().equals(spare.get()))
                .findFirst();
        long number = ready.map(Segment::number).orElse(last + 1);
        try {
            if (ready.isPresent()) {
                Files.move(files.segment(number), files.segment(number + 1), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.createLink(files.segment(number), files.current());
        } catch (NoSuchFileException replacedMeanwhile) {
            return;
        }
        if (ready.isPresent() && LogFiles.key(files.segment(number)).equals(LogFiles.key(files.segment(number + 1)))) {
            // the one made ready was put to use in between
            Files.delete(files.segment(number + 1));
        }
    }

    private void makeSpare(long number) throws IOException {
        if (!limits.bounded() || Files.exists(files.spare())) {
            return;
        }
        create(files.segment(number));
        try {
            Files.createLink(files.spare(), files.segment(number));
        } catch (FileAlreadyExistsException monitorMakesOne) {
            Files.delete(files.segment(number));
        }
    }

    /** Whether a file can be begun without making one: on a full disk the monitor would end if it had to. */
    boolean hasSpare() {
        return Files.exists(files.spare());
    }

    /** Removes closed files beyond the limit, and those that were never written to. */
    synchronized void tidy() throws IOException {
        if (abandoned) {
            return;
        }
        List<Segment> closed = new ArrayList<>(survey().closed());
        for (Segment segment : List.copyOf(closed)) {
            if (segment.size() == 0) {
                Files.deleteIfExists(segment.file());
                closed.remove(segment);
            }
        }
        if (limits.bounded()) {
            int tooMany = closed.size() - (limits.maxFiles() - 1);
            for (Segment going : closed.subList(0, Math.max(0, tooMany))) {
                for (LogCursor cursor : cursors) {
                    cursor.keep(going);
                }
                remove(going);
            }
        }
    }

    private void remove(Segment segment) throws IOException {
        Files.deleteIfExists(files.segment(segment.number()));
        Files.deleteIfExists(files.compressed(segment.number()));
    }

    /** Closed files that are to be compressed and are not. */
    synchronized List<Segment> uncompressed() throws IOException {
        return limits.compressed()
                ? survey().closed().stream().filter(s -> !s.compressed()).toList()
                : List.of();
    }

    /** Puts a compressed file in the place of a plain one, unless that was removed meanwhile. */
    synchronized void replaceBy(Segment plain, Path compressed) throws IOException {
        if (!abandoned && Files.exists(plain.file())) {
            Files.move(compressed, files.compressed(plain.number()), StandardCopyOption.ATOMIC_MOVE);
            Files.delete(plain.file());
        } else {
            Files.deleteIfExists(compressed);
        }
    }

    Path unfinished(Segment plain) {
        return files.unfinished(plain.number());
    }

    /** Begins a compressed file. */
    synchronized OutputStream openUnfinished(Segment plain) throws IOException {
        if (abandoned) {
            throw new NoSuchFileException(plain.file().toString());
        }
        return Files.newOutputStream(unfinished(plain));
    }

    /** The file that is written to, as it is now; empty where there is none. */
    Optional<BasicFileAttributes> current() throws IOException {
        return LogFiles.attributes(files.current());
    }

    /** Whether that file is still the one that is written to. */
    boolean isCurrent(Object key) throws IOException {
        return LogFiles.key(files.current()).map(key::equals).orElse(true);
    }

    /** How much disk the log takes. */
    public synchronized long bytes() throws IOException {
        return survey().all().stream().mapToLong(Segment::size).sum();
    }

    /** Removes all closed files. */
    synchronized long removeClosed() throws IOException {
        long freed = 0;
        for (Segment segment : survey().closed()) {
            remove(segment);
            freed += segment.size();
        }
        return freed;
    }

    /** Empties a log that nothing writes to; gives what that frees. */
    public synchronized long clear() throws IOException {
        long freed = removeClosed();
        Optional<Segment> current = survey().current();
        if (current.isPresent()) {
            freed += current.get().size();
            try (FileChannel channel = FileChannel.open(files.current(), StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
        return freed;
    }

    synchronized LogCursor openCursor() {
        LogCursor cursor = new LogCursor(this);
        cursors.add(cursor);
        return cursor;
    }

    synchronized void close(LogCursor cursor) throws IOException {
        cursors.remove(cursor);
        cursor.release();
    }

    /** Opens the file after the one that the cursor is at, and moves the cursor to it; empty where there is none yet. */
    synchronized Optional<OpenSegment> next(LogCursor cursor) throws IOException {
        Optional<OpenSegment> kept = cursor.takeKept();
        Optional<OpenSegment> next = kept.isPresent() ? kept : firstAfter(cursor.number());
        next.ifPresent(segment -> cursor.moveTo(segment.number()));
        return next;
    }

    private Optional<OpenSegment> firstAfter(long number) throws IOException {
        for (Segment segment : survey().all()) {
            if (segment.number() > number) {
                return Optional.of(OpenSegment.open(segment));
            }
        }
        return Optional.empty();
    }
}
