package dev.gantry.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChallengeTests {

    @Test
    void readsBearer() {
        List<Challenge> challenges = Challenge.parse(List.of(
                "Bearer realm=\"https://auth.example.com/token\",service=\"a, b\",scope=\"repository:x:pull,push\""));
        assertThat(challenges)
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of(
                                "realm", "https://auth.example.com/token",
                                "service", "a, b",
                                "scope", "repository:x:pull,push")));
    }

    @Test
    void readsSeveralOfOneHeaderAndOfMany() {
        List<Challenge> challenges = Challenge.parse(
                List.of("Negotiate, Basic realm=\"say \\\"hi\\\"\" , bearer REALM = https://r , service=s", "Digest"));
        assertThat(challenges)
                .containsExactly(
                        new Challenge("negotiate", Map.of()),
                        new Challenge("basic", Map.of("realm", "say \"hi\"")),
                        new Challenge("bearer", Map.of("realm", "https://r", "service", "s")),
                        new Challenge("digest", Map.of()));
    }

    @Test
    void nonsenseEndsAndNeverThrows() {
        Random random = new Random(7);
        String alphabet = "Bearer realm=\"x\\,; \t=\u00e4\u0000";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(Challenge.parse(List.of(text.toString()))).hasSizeLessThan(41);
        }
    }
}
