package dev.gantry.daemon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program to run to its end, with what it is to read on standard input. */
final class Command {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final List<String> line;
    private byte[] input = new byte[0];

    private Command(List<String> line) {
        this.line = line;
    }

    static Command of(List<String> line) {
        return new Command(line);
    }

    static Command of(String... line) {
        return new Command(List.of(line));
    }

    Command reading(byte[] bytes) {
        input = bytes;
        return this;
    }

    /** How a program ended. */
    static final class Result {

        private final int exit;
        private final byte[] bytes;
        private final String err;

        Result(int exit, byte[] bytes, String err) {
            this.exit = exit;
            this.bytes = bytes;
            this.err = err;
        }

        int exit() {
            return exit;
        }

        /** What it wrote to standard output. */
        byte[] bytes() {
            return bytes;
        }

        /** What it wrote to standard error. */
        String err() {
            return err;
        }

        String out() {
            return new String(bytes, UTF_8);
        }

        /** Standard output without white space around it, of a program that must have succeeded. */
        String ok() {
            if (exit != 0) {
                throw new AssertionError("exit " + exit + ": " + out() + err);
            }
            return out().strip();
        }
    }

    Result run() {
        try {
            Process process = new ProcessBuilder(line).start();
            Collector out = new Collector(process.getInputStream());
            Collector err = new Collector(process.getErrorStream());
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input);
            } catch (IOException programDoesNotRead) {
                err.note(" (does not read its input)");
            }
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + DEADLINE + ": " + line);
            }
            return new Result(process.exitValue(), out.bytes(), new String(err.bytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", line), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Reads a stream to its end on a thread of its own. */
    private static final class Collector {

        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
        private final Thread thread;

        Collector(InputStream stream) {
            thread = new Thread(() -> {
                try {
                    stream.transferTo(collected);
                } catch (IOException e) {
                    note(e.toString());
                }
            });
            thread.start();
        }

        void note(String text) {
            collected.writeBytes(text.getBytes(UTF_8));
        }

        byte[] bytes() throws InterruptedException {
            thread.join(DEADLINE.toMillis());
            return collected.toByteArray();
        }
    }
}
