package dev.gantry.daemon.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What a test needs of the machine; where it is missing the test is skipped and says so in a line. */
final class Needs {

    private Needs() {}

    static void root() {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root: namespaces, mounts and bridges");
    }

    static void program(String name, String why) {
        boolean found = false;
        for (String directory : System.getenv("PATH").split(":", -1)) {
            found |= Files.isExecutable(Path.of(directory, name));
        }
        assumeTrue(found, "needs the program " + name + ": " + why);
    }
}
