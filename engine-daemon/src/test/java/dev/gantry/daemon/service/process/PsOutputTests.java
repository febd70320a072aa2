package dev.gantry.daemon.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.type.EngineException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PsOutputTests {

    @Test
    void picksTheRowsOfItsProcessesAndJoinsTheCommandLine() {
        String output = "UID   PID  CMD\nroot    7  sleep 10 20\nroot    8  other\n";
        ProcessList list = PsOutput.parse(output, Set.of(7));
        assertThat(list.titles()).containsExactly("UID", "PID", "CMD");
        assertThat(list.rows()).containsExactly(List.of("root", "7", "sleep 10 20"));
    }

    @Test
    void keepsTheThreadsBelowTheirProcessAndNoOthers() {
        String output = "PID TID CMD\n7 - java\n- 7 -\n- 9 -\n8 - other\n- 8 -\n";
        assertThat(PsOutput.parse(output, Set.of(7)).rows())
                .containsExactly(List.of("7", "-", "java"), List.of("-", "7", "-"), List.of("-", "9", "-"));
    }

    @Test
    void needsAColumnOfProcessIds() {
        assertThatThrownBy(() -> PsOutput.parse("COMMAND\nsh\n", Set.of(1)))
                .isInstanceOf(EngineException.class)
                .hasMessage("Couldn't find PID field in ps output");
    }

    @Test
    void refusesAnotherColumnByTheNameOfProcessIds() {
        assertThatThrownBy(() -> PsOutput.check(" -o ppid=PID")).hasMessage("specifying \"ppid=PID\" is not allowed");
        PsOutput.check(" -o pid=PID,comm");
    }

    @Test
    void makesTheRowOfAProcessWhoseNameHoldsParentheses() {
        String stat = "42 (a b) c) S 1 42 42 34816 42 4194560 0 0 0 0 150 50 0 0 20 0 1 0 500000 0 0";
        List<String> row = ProcReader.row(
                stat,
                "Name:\tx\nUid:\t1000\t1000\t1000\t1000\n",
                "",
                Map.of("1000", "user"),
                1_000,
                Instant.ofEpochSecond(6_004));
        assertThat(row).startsWith("user", "42", "1", "50").contains("pts/0", "00:00:02", "[a b) c]");
    }
}
