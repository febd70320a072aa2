package dev.gantry.daemon.runtime.monitor;

import dev.gantry.daemon.linux.Errno;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import dev.gantry.daemon.linux.socket.FdStream;
import dev.gantry.daemon.type.TerminalSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The files of a container's monitor, in its bundle on the exec root. They are gone after a reboot, as is the container.
 *
 * @param bundle the OCI bundle
 */
record MonitorFiles(Path bundle) {

    /** Conmon takes no terminal for larger. */
    private static final int LARGEST_TERMINAL = 1000;

    Path attachSocket() {
        return bundle.resolve("attach");
    }

    Path control() {
        return bundle.resolve("ctl");
    }

    Path pid() {
        return bundle.resolve("pid");
    }

    Path record() {
        return bundle.resolve("task.json");
    }

    /** Holds the exit status, written by conmon just before it ends. */
    private Path exit() {
        return bundle.resolve("exit");
    }

    /** The exit status, where the monitor saw the end. */
    Optional<Exit> readExit() {
        try {
            int code = Integer.parseInt(Files.readString(exit()).strip());
            return Optional.of(new Exit(code, Files.getLastModifiedTime(exit()).toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + exit(), e);
        }
    }

    /** The process that the monitor holds; 0 where none was recorded. */
    int readPid() {
        try {
            String text = Files.readString(pid()).strip();
            return text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + pid(), e);
        }
    }

    /** Has the monitor set the size of its terminal; false where nobody holds the terminal any more. */
    boolean resize(TerminalSize size) {
        int height = Math.min(size.height(), LARGEST_TERMINAL);
        int width = Math.min(size.width(), LARGEST_TERMINAL);
        return control("1 " + height + " " + width);
    }

    /** Has the monitor begin its log file anew; false where it writes no more. */
    boolean reopenLog() {
        return control("2 0 0");
    }

    private boolean control(String message) {
        byte[] line = (message + "\n").getBytes(StandardCharsets.US_ASCII);
        try (Fd control = FdStream.openFifoForWriting(control())) {
            FdStream.write(control, line);
            return true;
        } catch (LinuxException e) {
            if (!e.is(Errno.ENOENT) && !e.is(Errno.ENXIO)) {
                throw e;
            }
            return false;
        }
    }

    boolean sawOutOfMemory() {
        return Files.exists(bundle.resolve("oom"));
    }

    /** Removes all of them; what others keep in the bundle stays. */
    void remove() {
        List<Path> files = List.of(
                attachSocket(), control(), bundle.resolve("winsz"), pid(), exit(), bundle.resolve("oom"), record());
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the monitor's files in " + bundle, e);
        }
    }

    record Exit(int code, Instant at) {}
}
