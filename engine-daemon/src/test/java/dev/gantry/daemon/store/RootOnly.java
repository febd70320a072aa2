package dev.gantry.daemon.store;

import dev.gantry.daemon.linux.file.FileCalls;
import dev.gantry.daemon.linux.file.PathBytes;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test class, with one line, when the tests do not run as root. */
public final class RootOnly implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean root = FileCalls.status(FileCalls.AT_FDCWD, PathBytes.of("/proc/self"))
                .map(status -> status.user() == 0)
                .orElse(false);
        return root
                ? ConditionEvaluationResult.enabled("runs as root")
                : ConditionEvaluationResult.disabled("needs root: it mounts, makes devices and changes owners");
    }
}
