package dev.gantry.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs the command lines that stand on its standard input, one a line, in one process, and ignores how they end. The JVM
 * that runs it writes down what was loaded, so that later ones start with it.
 */
final class Rehearsal {

    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = Main.output(FileDescriptor.out);
        PrintStream err = Main.output(FileDescriptor.err);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line : input.lines().toList()) {
            new Main(System.getenv(), out, err, Cli::ofProcess).run(List.of(line.split(" ")));
        }
        out.flush();
        err.flush();
    }
}
