package dev.gantry.daemon.store.metadata;

import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * Replaces files so that a crash at any moment leaves either the old content or the new: writes a temporary file beside
 * it, flushes it, renames it and flushes the directory. Two writers of one file must be kept apart by the caller.
 */
public final class DurableFile {

    /** Ends the names of files that are being written; such a file found at start is the rest of a crash. */
    public static final String TEMPORARY_SUFFIX = ".tmp";

    private DurableFile() {}

    /**
     * Writes a file, readable by its owner only. On failure the old content is untouched and nothing is left.
     *
     * @throws EngineException INTERNAL with the reason, for example that the disk is full
     */
    public static void write(Path file, byte[] content) {
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + TEMPORARY_SUFFIX);
        try {
            try {
                writeAndFlush(temporary, content);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                Files.deleteIfExists(temporary);
                throw e;
            }
            flushDirectory(file);
        } catch (IOException e) {
            throw EngineException.internal("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Deletes a file for good. Returns whether there was one. */
    public static boolean delete(Path file) {
        try {
            boolean deleted = Files.deleteIfExists(file);
            if (deleted) {
                flushDirectory(file);
            }
            return deleted;
        } catch (IOException e) {
            throw EngineException.internal("Cannot delete " + file + ": " + e.getMessage(), e);
        }
    }

    /** Renames within one file system and flushes the directory that holds the new name. */
    public static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            flushDirectory(to);
        } catch (IOException e) {
            throw EngineException.internal("Cannot move " + from + " to " + to + ": " + e.getMessage(), e);
        }
    }

    private static void writeAndFlush(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                StandardOpenOption.WRITE)) {
            ByteBuffer remaining = ByteBuffer.wrap(content);
            while (remaining.hasRemaining()) {
                channel.write(remaining);
            }
            channel.force(true);
        }
    }

    private static void flushDirectory(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
