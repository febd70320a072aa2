package dev.gantry.daemon.runtime.monitor;

import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests of real containers where they cannot run. */
final class RootOnly implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean root = "root".equals(System.getProperty("user.name"));
        boolean programs = Stream.of(RuntimeHost.CRUN, RuntimeHost.RUNC, RuntimeHost.CONMON, RuntimeHost.BUSYBOX)
                .allMatch(Files::isExecutable);
        return root && programs
                ? ConditionEvaluationResult.enabled("root, with crun, runc, conmon and busybox")
                : ConditionEvaluationResult.disabled("needs root, crun, runc, conmon and a static busybox");
    }
}
