package dev.gantry.daemon.service.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartFailureTests {

    @ParameterizedTest
    @CsvSource({
        "exec: \"nope\": executable file not found in $PATH, 127",
        "exec /nope: No such file or directory, 127",
        "exec: /etc: is a directory, 126",
        "exec: /etc/passwd: permission denied, 126",
        "the cgroup cannot be made, 128"
    })
    void codesAreThoseOfShells(String message, int code) {
        assertThat(StartFailure.exitCode(message)).isEqualTo(code);
    }

    @Test
    void whatTheUserAskedForWrongIsNotAFaultOfTheEngine() {
        IllegalStateException cause = new IllegalStateException();
        assertThat(StartFailure.classified(EngineException.internal("x: permission denied", cause))
                        .kind())
                .isEqualTo(EngineException.Kind.INVALID);
        assertThat(StartFailure.classified(EngineException.conflict("taken")).kind())
                .isEqualTo(EngineException.Kind.CONFLICT);
        assertThat(StartFailure.classified(cause).kind()).isEqualTo(EngineException.Kind.INTERNAL);
    }

    @Test
    void undoGoesBackwardsAndKeepsWhatFails() {
        List<Integer> order = new ArrayList<>();
        Undo undo = new Undo();
        undo.add(() -> order.add(1));
        undo.add(() -> {
            throw new IllegalStateException("second");
        });
        undo.add(() -> order.add(3));
        RuntimeException failure = undo.after(new IllegalArgumentException("first"));
        assertThat(order).containsExactly(3, 1);
        assertThat(failure).hasMessage("first");
        assertThat(failure.getSuppressed()).hasSize(1);
    }
}
