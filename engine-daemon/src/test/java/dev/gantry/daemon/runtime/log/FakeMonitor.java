package dev.gantry.daemon.runtime.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a log as conmon does: a new file comes under another name and takes the place of the old one. */
final class FakeMonitor implements AutoCloseable {

    private static final String TIME = "2026-11-23T12:00:00.123456789+00:00 ";

    private final Path file;
    private final long backstop;
    private OutputStream output;
    private long written;
    private volatile boolean asked;

    FakeMonitor(Path file, long backstop) throws IOException {
        this.file = file;
        this.backstop = backstop;
        this.output = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The request for a new file; the writing thread sees to it before its next line. */
    void ask() {
        asked = true;
    }

    void line(String text) throws IOException {
        entry("stdout F " + text);
    }

    void part(String text) throws IOException {
        entry("stdout P " + text);
    }

    private void entry(String entry) throws IOException {
        byte[] bytes = (TIME + entry + "\n").getBytes(UTF_8);
        if (asked) {
            asked = false;
            beginFile();
        }
        if (backstop > 0 && written + bytes.length > backstop) {
            written = 0;
            beginFile();
        }
        output.write(bytes);
        written += bytes.length;
    }

    private void beginFile() throws IOException {
        output.close();
        Path spare = file.resolveSibling(file.getFileName() + ".tmp");
        output = Files.newOutputStream(
                spare, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        Files.move(spare, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
