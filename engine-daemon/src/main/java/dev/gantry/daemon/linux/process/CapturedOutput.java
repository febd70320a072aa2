package dev.gantry.daemon.linux.process;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import dev.gantry.daemon.linux.Fd;
import dev.gantry.daemon.linux.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in memory that takes what a program writes, so that nobody need read while it runs. */
public final class CapturedOutput implements AutoCloseable {

    private static final int MFD_CLOEXEC = 1;

    private final Fd fd;

    private CapturedOutput(Fd fd) {
        this.fd = fd;
    }

    public static CapturedOutput open() {
        try {
            return new CapturedOutput(Fd.own(CLibrary.memfd_create("output", MFD_CLOEXEC)));
        } catch (LastErrorException e) {
            throw new LinuxException("memfd_create", "output", e.getErrorCode());
        }
    }

    /** For a program to write to; stays this object's. */
    public Fd fd() {
        return fd;
    }

    /** What was written so far, without white space around it. */
    public String text() {
        try {
            return new String(Files.readAllBytes(Path.of(fd.procPath())), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the output of a program", e);
        }
    }

    @Override
    public void close() {
        fd.close();
    }

    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        static native int memfd_create(String name, int flags) throws LastErrorException;
    }
}
