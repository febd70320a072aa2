package dev.gantry.daemon.runtime.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.GZIPOutputStream;

/** Compresses closed files of logs, one at a time. Readers see the one or the other, each complete. */
final class LogCompressor {

    private static final int BUFFER = 64 * 1024;

    /** Compresses what a log wants compressed. */
    synchronized void compress(ContainerLog log) throws IOException {
        for (Segment plain : log.uncompressed()) {
            Path target = log.unfinished(plain);
            try {
                write(log, plain, target);
                log.replaceBy(plain, target);
            } catch (NoSuchFileException removedMeanwhile) {
                Files.deleteIfExists(target);
            }
        }
    }

    private static void write(ContainerLog log, Segment plain, Path target) throws IOException {
        try (OutputStream output = new GZIPOutputStream(log.openUnfinished(plain), BUFFER)) {
            Files.copy(plain.file(), output);
        }
        // readers tell by it whether a file is too old for them
        Files.setLastModifiedTime(target, FileTime.from(plain.lastWritten()));
    }
}
