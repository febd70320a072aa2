package dev.gantry.daemon.runtime.oci;

import dev.gantry.daemon.type.EngineException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why a runtime could not run a program, in the words that clients decide by.
 *
 * @param reason for people
 */
public record RuntimeFailure(String reason) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int NOT_EXECUTABLE = 126;
    static final int NOT_FOUND = 127;
    private static final int OTHER = 128;

    private static final Pattern CRUN_NOT_FOUND =
            Pattern.compile("executable file `([^`]*)` not found in \\$PATH.*", Pattern.DOTALL);
    private static final Pattern CRUN_CHDIR = Pattern.compile("chdir `([^`]*)`: (.*)", Pattern.DOTALL);
    private static final Pattern LOGRUS = Pattern.compile("msg=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern RUNC_PREFIX =
            Pattern.compile("^(runc (create|start|run) failed: |exec failed: )?(unable to start container process: )?");

    /**
     * Understands what a runtime printed before it failed.
     *
     * @param output of crun or runc, plain text or logrus lines
     * @param program the program that was to run, as asked for
     */
    public static RuntimeFailure parse(String output, String program) {
        String text = RUNC_PREFIX.matcher(lastMessage(output)).replaceFirst("");
        Matcher notFound = CRUN_NOT_FOUND.matcher(text);
        if (notFound.matches()) {
            return new RuntimeFailure(notFound(notFound.group(1)));
        }
        Matcher chdir = CRUN_CHDIR.matcher(text);
        if (chdir.matches()) {
            return new RuntimeFailure("chdir to cwd (\"" + chdir.group(1) + "\") set in config.json failed: "
                    + chdir.group(2).toLowerCase(Locale.ROOT));
        }
        if (text.startsWith("open executable:")) {
            // crun finds a directory or a file without execute permission only when it opens it
            return new RuntimeFailure("exec: \"" + program + "\": permission denied");
        }
        return new RuntimeFailure(text.replace("Permission denied", "permission denied")
                .replace("No such file or directory", "no such file or directory"));
    }

    /** The last line that says something; of a logrus line its message. */
    private static String lastMessage(String output) {
        String last = output.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
        if (last.startsWith("{")) {
            return jsonMessage(last);
        }
        Matcher logrus = LOGRUS.matcher(last);
        return logrus.find() ? logrus.group(1).replace("\\\"", "\"").replace("\\\\", "\\") : last;
    }

    private static String jsonMessage(String line) {
        try {
            return JSON.readTree(line).path("msg").asString(line);
        } catch (JacksonException e) {
            return line;
        }
    }

    // compat: docker CLI matches both texts for exit status 127
    private static String notFound(String program) {
        return program.contains("/")
                ? "exec: \"" + program + "\": stat " + program + ": no such file or directory"
                : "exec: \"" + program + "\": executable file not found in $PATH";
    }

    /** The exit status a container or exec has that could not run its program: 127, 126 or 128. */
    public int exitCode() {
        String text = reason.toLowerCase(Locale.ROOT);
        if (text.contains("executable file not found") || text.contains("no such file or directory")) {
            return NOT_FOUND;
        }
        if (text.contains("permission denied") || text.contains("is a directory") || text.contains("not a directory")) {
            return NOT_EXECUTABLE;
        }
        return OTHER;
    }

    /** As {@link #exitCode}, of an exec, which has 126 for all other reasons. */
    public int execExitCode() {
        int code = exitCode();
        return code == OTHER ? NOT_EXECUTABLE : code;
    }

    /** The error of a container that could not be created. */
    public EngineException onCreate() {
        return error("failed to create task for container: failed to create shim task: OCI runtime create failed: "
                + "unable to start container process: " + reason + ": unknown");
    }

    /** The error of a container that could not be started. */
    public EngineException onStart() {
        return error("failed to start task for container: OCI runtime start failed: " + reason + ": unknown");
    }

    /** The text of an exec that could not be started. */
    public String onExec() {
        return "OCI runtime exec failed: exec failed: unable to start container process: " + reason + ": unknown";
    }

    /** The error of an exec that nobody is attached to and that could not be started. */
    public EngineException onDetachedExec() {
        return error(onExec());
    }

    private EngineException error(String message) {
        EngineException.Kind kind = exitCode() == OTHER ? EngineException.Kind.INTERNAL : EngineException.Kind.INVALID;
        return new EngineException(kind, message);
    }
}
