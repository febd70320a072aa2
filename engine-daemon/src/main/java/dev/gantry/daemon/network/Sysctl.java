package dev.gantry.daemon.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A setting of the kernel, of the network namespace of the thread that uses it.
 *
 * @param name with slashes
 */
record Sysctl(String name) {

    private static final Path ROOT = Path.of("/proc/sys");

    static Sysctl ofInterface(String link, String setting) {
        return new Sysctl("net/ipv4/conf/" + link + "/" + setting);
    }

    static Sysctl ofInterface6(String link, String setting) {
        return new Sysctl("net/ipv6/conf/" + link + "/" + setting);
    }

    String get() {
        // One large read: the kernel gives nothing more to a second one.
        try (BufferedReader reader = Files.newBufferedReader(ROOT.resolve(name))) {
            return String.valueOf(reader.readLine()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to read the kernel setting " + name, e);
        }
    }

    void set(String value) {
        try {
            Files.writeString(ROOT.resolve(name), value);
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to set the kernel setting " + name + " to " + value, e);
        }
    }

    /** Does nothing on a kernel without it. */
    void setIfPresent(String value) {
        if (Files.exists(ROOT.resolve(name))) {
            set(value);
        }
    }
}
