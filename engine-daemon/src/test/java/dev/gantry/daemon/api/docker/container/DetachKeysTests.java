package dev.gantry.daemon.api.docker.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetachKeysTests {

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void theDefaultIsCtrlPCtrlQ() {
        DetachKeys.Passed passed = DetachKeys.parse("").matcher().pass(bytes("ab\u0010\u0011"));
        assertThat(passed.detach()).isTrue();
        assertThat(text(passed.bytes())).isEqualTo("ab");
    }

    @Test
    void keysMayComeInPieces() {
        DetachKeys.Matcher matcher = DetachKeys.parse("ctrl-a,b").matcher();
        assertThat(text(matcher.pass(bytes("x\u0001")).bytes())).isEqualTo("x");
        assertThat(matcher.pass(bytes("b")).detach()).isTrue();
    }

    @Test
    void whatOnlyBeganLikeTheKeysIsPassedOn() {
        DetachKeys.Matcher matcher = DetachKeys.parse("ctrl-p,ctrl-q").matcher();
        assertThat(matcher.pass(bytes("\u0010")).bytes().hasRemaining()).isFalse();
        assertThat(text(matcher.pass(bytes("x")).bytes())).isEqualTo("\u0010x");
    }

    @Test
    void nothingIsLostInAnyPieces() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder input = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                input.append("a\u0010b".charAt(random.nextInt(3)));
            }
            input.append("end");
            DetachKeys.Matcher matcher = DetachKeys.parse("").matcher();
            StringBuilder output = new StringBuilder();
            for (int at = 0; at < input.length(); ) {
                int next = Math.min(input.length(), at + 1 + random.nextInt(4));
                output.append(
                        text(matcher.pass(bytes(input.substring(at, next))).bytes()));
                at = next;
            }
            assertThat(output.toString()).isEqualTo(input.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctrl-", "ctrl-1", "ab", "a,,b", "ctrl-pp", "ä"})
    void keysThatCannotBe(String keys) {
        assertThatThrownBy(() -> DetachKeys.parse(keys)).hasMessageContaining("Invalid detach keys");
    }
}
