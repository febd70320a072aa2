package dev.gantry.daemon.runtime.spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads numbers from {@code /proc}. {@code Files.readString} must not be used there: it reads a file of unknown size
 * byte by byte at first, and the kernel answers a parameter only to the first read.
 */
final class KernelNumber {

    private KernelNumber() {}

    static long read(String file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(Path.of(file))) {
            String line = reader.readLine();
            if (line == null) {
                throw new IOException(file + " is empty");
            }
            return Long.parseLong(line.strip());
        }
    }
}
