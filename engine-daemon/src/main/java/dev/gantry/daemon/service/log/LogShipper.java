package dev.gantry.daemon.service.log;

import dev.gantry.daemon.runtime.log.ContainerLog;
import dev.gantry.daemon.runtime.log.LogFeed;
import dev.gantry.daemon.runtime.log.LogLine;
import dev.gantry.daemon.runtime.log.LogPosition;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * Sends one container's log to another system, on a thread of its own. How far it is stands in a file, so that what a
 * container wrote while no daemon ran is sent later; a line may come twice after a crash, none is left out as long as it
 * is on disk. A system that takes nothing holds up this thread and nothing else.
 */
public final class LogShipper {

    private static final Logger LOG = System.getLogger(LogShipper.class.getName());
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final Duration SAVE = Duration.ofSeconds(1);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LAST_RETRY = Duration.ofSeconds(15);

    private final ContainerLog log;
    private final Path state;
    private final LogTransport transport;
    private final Thread thread;
    private LogPosition saved = LogPosition.START;
    private long savedAt;
    private boolean ended;
    private boolean finished;
    private volatile boolean stopped;

    private LogShipper(ContainerLog log, Path state, LogTransport transport) {
        this.log = log;
        this.state = state;
        this.transport = transport;
        this.thread = new Thread(null, this::run, "log-shipper", 256 * 1024);
        thread.setDaemon(true);
    }

    /**
     * Begins to send what has not been sent yet, and then what comes.
     *
     * @param state keeps how far it is; in a directory that is removed with the container
     */
    static LogShipper start(ContainerLog log, Path state, LogTransport transport) {
        LogShipper shipper = new LogShipper(log, state, transport);
        shipper.thread.start();
        return shipper;
    }

    /** The container runs again; false where this shipper has come to its end already. */
    public synchronized boolean resume() {
        ended = false;
        return !finished && !stopped;
    }

    /** The container has ended: send what is left, then end. */
    public synchronized void end() {
        ended = true;
    }

    /** Sends what is left before the container's files go, for a moment at most. */
    public void endSoon() {
        end();
        try {
            thread.join(LAST_WORDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop();
    }

    /** Ends at once; what is not sent is sent by the next one, if the container stays. */
    public void stop() {
        stopped = true;
        thread.interrupt();
        transport.close();
    }

    private void run() {
        saved = readState();
        try (LogFeed feed = new LogFeed(log, saved)) {
            while (!stopped && !atEnd(feed)) {
                save(feed.position(), SAVE);
            }
            save(feed.position(), Duration.ZERO);
        } catch (InterruptedException stop) {
            return;
        } catch (IOException | RuntimeException e) {
            if (!stopped) {
                LOG.log(Level.ERROR, "log shipping ended file=" + log.file(), e);
            }
        } finally {
            synchronized (this) {
                finished = true;
            }
            transport.close();
        }
    }

    private boolean atEnd(LogFeed feed) throws IOException, InterruptedException {
        boolean last;
        synchronized (this) {
            last = ended;
        }
        if (feed.poll(this::deliver)) {
            return false;
        }
        if (last) {
            feed.finish(this::deliver);
            synchronized (this) {
                finished = ended;
                return finished;
            }
        }
        save(feed.position(), Duration.ZERO);
        feed.await(LOOK);
        return false;
    }

    private void deliver(LogLine line) throws InterruptedException {
        Duration pause = FIRST_RETRY;
        while (!stopped) {
            try {
                transport.send(line);
                return;
            } catch (IOException e) {
                if (pause.equals(FIRST_RETRY)) {
                    LOG.log(Level.WARNING, "log not shipped, trying again file={0}: {1}", log.file(), e.getMessage());
                }
                transport.close();
                Thread.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause.multipliedBy(2);
            }
        }
        throw new InterruptedException("stopped");
    }

    private LogPosition readState() {
        try {
            String[] parts = Files.readString(state).strip().split(" ", -1);
            return new LogPosition(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        } catch (NoSuchFileException e) {
            return LogPosition.START;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "log is shipped from its beginning, its mark cannot be read file=" + state, e);
            return LogPosition.START;
        }
    }

    private void save(LogPosition position, Duration interval) throws IOException {
        if (position.equals(saved) || System.nanoTime() - savedAt < interval.toNanos()) {
            return;
        }
        Path fresh = state.resolveSibling(state.getFileName() + ".new");
        try {
            Files.writeString(fresh, position.file() + " " + position.offset() + "\n");
            Files.move(fresh, state, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException containerRemoved) {
            stopped = true;
        }
        saved = position;
        savedAt = System.nanoTime();
    }
}
