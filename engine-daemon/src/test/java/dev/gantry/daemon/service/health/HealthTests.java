package dev.gantry.daemon.service.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.service.health.Health.Status;
import dev.gantry.daemon.service.schedule.FakeSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTests {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final FakeSchedule time = new FakeSchedule();
    private final List<String> changes = new ArrayList<>();
    private int exitCode;
    private int probes;
    private boolean up = true;

    private static Healthcheck check(int interval, int startPeriod, int startInterval, int retries) {
        return new Healthcheck(
                List.of("CMD", "x"),
                Duration.ofSeconds(interval),
                Duration.ofSeconds(7),
                Duration.ofSeconds(startPeriod),
                Duration.ofSeconds(startInterval),
                retries);
    }

    private static Health after(Health health, Healthcheck check, int second, int code) {
        Instant at = START.plusSeconds(second);
        return health.after(new ProbeResult(at, at, code, "at " + second), check, START);
    }

    @Test
    void failuresInARowMakeUnhealthyAndOneSuccessHealthy() {
        Healthcheck check = check(0, 0, 0, 0);
        Health health = Health.UNKNOWN;
        for (int i = 1; i <= 2; i++) {
            health = after(health, check, i, 1);
            assertThat(health.status()).isEqualTo(Status.STARTING);
            assertThat(health.failingStreak()).isEqualTo(i);
        }
        health = after(health, check, 3, -1);
        assertThat(health.status()).isEqualTo(Status.UNHEALTHY);
        health = after(health, check, 4, 0);
        assertThat(health.status()).isEqualTo(Status.HEALTHY);
        assertThat(health.failingStreak()).isZero();
        health = after(after(health, check, 5, 1), check, 6, 1);
        assertThat(health.status()).isEqualTo(Status.HEALTHY);
        assertThat(health.log())
                .extracting(ProbeResult::output)
                .containsExactly("at 2", "at 3", "at 4", "at 5", "at 6");
    }

    @Test
    void failuresInTheStartPeriodCountOnlyAfterASuccess() {
        Healthcheck check = check(0, 10, 0, 1);
        Health early = after(Health.UNKNOWN, check, 9, 1);
        assertThat(early.status()).isEqualTo(Status.STARTING);
        assertThat(early.failingStreak()).isZero();
        assertThat(after(early, check, 10, 1).status()).isEqualTo(Status.UNHEALTHY);
        assertThat(after(after(early, check, 5, 0), check, 6, 1).status()).isEqualTo(Status.UNHEALTHY);
    }

    @Test
    void anotherRunStartsAnewAndKeepsTheLog() {
        Health ended = after(Health.UNKNOWN, check(0, 0, 0, 1), 1, 1).ended();
        assertThat(ended.status()).isEqualTo(Status.UNHEALTHY);
        assertThat(ended.startedAgain()).isEqualTo(new Health(Status.STARTING, 0, ended.log()));
    }

    private HealthWatch watch(Healthcheck check) {
        return HealthWatch.begin(
                check,
                time.instant(),
                Health.UNKNOWN,
                new HealthWatch.Subject() {
                    @Override
                    public boolean canBeProbed() {
                        return up;
                    }

                    @Override
                    public HealthWatch.Outcome probe(Duration timeout) {
                        assertThat(timeout).isEqualTo(Duration.ofSeconds(7));
                        probes++;
                        if (exitCode == 99) {
                            throw new IllegalStateException("broken");
                        }
                        return new HealthWatch.Outcome(exitCode, "");
                    }

                    @Override
                    public void changed(Health before, Health after) {
                        changes.add(
                                before.status().text() + ">" + after.status().text());
                    }
                },
                time,
                time);
    }

    @Test
    void looksAreFrequentUntilTheFirstSuccessOrTheEndOfTheStartPeriod() {
        exitCode = 1;
        watch(check(30, 20, 5, 3));
        assertThat(time.next()).contains(Duration.ofSeconds(5));
        time.pass(Duration.ofSeconds(10));
        assertThat(probes).isEqualTo(2);
        exitCode = 0;
        time.pass(Duration.ofSeconds(5));
        assertThat(changes).containsExactly("starting>starting", "starting>starting", "starting>healthy");
        assertThat(time.next()).contains(Duration.ofSeconds(30));
    }

    @Test
    void whatIsPausedOrStoppedIsNotLookedAt() {
        HealthWatch watch = watch(check(1, 0, 0, 1));
        up = false;
        time.pass(Duration.ofSeconds(3));
        assertThat(probes).isZero();
        up = true;
        time.pass(Duration.ofSeconds(1));
        assertThat(watch.health().status()).isEqualTo(Status.HEALTHY);
        watch.stop();
        assertThat(time.next()).isEmpty();
    }

    @Test
    void aLookThatBreaksIsAFailedLook() {
        exitCode = 99;
        HealthWatch watch = watch(check(1, 0, 0, 1));
        time.pass(Duration.ofSeconds(1));
        assertThat(watch.health().log()).extracting(ProbeResult::output).containsExactly("broken");
        assertThat(watch.health().log()).extracting(ProbeResult::exitCode).containsExactly(-1);
        assertThat(time.next()).isPresent();
    }

    @Test
    void probesAreReadFromTheirWords() {
        assertThat(Probe.parse(List.of(), List.of())).isEmpty();
        assertThat(Probe.parse(List.of("NONE"), List.of())).isEmpty();
        assertThat(Probe.parse(List.of("CMD", "a", "b"), List.of("sh"))).contains(new Probe.Command(List.of("a", "b")));
        assertThat(Probe.parse(List.of("CMD-SHELL", "a b"), List.of()))
                .contains(new Probe.Command(List.of("/bin/sh", "-c", "a b")));
        assertThat(Probe.parse(List.of("CMD-SHELL", "a b"), List.of("/bin/ash", "-ec")))
                .contains(new Probe.Command(List.of("/bin/ash", "-ec", "a b")));
        assertThat(network("HTTP", "http://:8080/a/b?c=d"))
                .isEqualTo(new Probe.Http(new ProbeAddress("localhost", 8080), "/a/b?c=d"));
        assertThat(network("HTTP", "http://localhost"))
                .isEqualTo(new Probe.Http(new ProbeAddress("localhost", 80), "/"));
        assertThat(network("HTTP", "http:///x")).isEqualTo(new Probe.Http(new ProbeAddress("localhost", 80), "/x"));
        assertThat(network("TCP", "tcp://10.0.0.2:5432")).isEqualTo(new Probe.Tcp(new ProbeAddress("10.0.0.2", 5432)));
        assertThat(network("TCP", "tcp://[fe80::1]:1")).isEqualTo(new Probe.Tcp(new ProbeAddress("fe80::1", 1)));
        assertThat(network("GRPC", "grpc://:50051"))
                .isEqualTo(new Probe.Grpc(new ProbeAddress("localhost", 50051), ""));
        assertThat(network("GRPC", "grpc://:50051/my.Service"))
                .isEqualTo(new Probe.Grpc(new ProbeAddress("localhost", 50051), "my.Service"));
    }

    private static Probe network(String type, String address) {
        return Probe.parse(List.of(type, address), List.of()).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP, https://:1/",
        "HTTP, http://example.org:80/",
        "HTTP, http://:0/",
        "HTTP, http://:65536/",
        "HTTP, http://user@127.0.0.1:80/",
        "HTTP, http://127.0.0.1:80/#x",
        "HTTP, 'http://:80/a b'",
        "HTTP, ''",
        "TCP, tcp://localhost",
        "TCP, ':80'",
        "TCP, tcp://256.0.0.1:80",
        "GRPC, grpc://x:1"
    })
    void addressesThatCannotBe(String type, String address) {
        assertThatThrownBy(() -> network(type, address)).hasMessageStartingWith("invalid health check: ");
    }

    @Test
    void durationsAreWrittenAsDockerDoes() {
        assertThat(List.of(1L, 1_500L, 1_500_000L, 500_000_000L, 1_500_000_000L, 90_000_000_000L, 3_600_000_000_000L))
                .map(nanos -> GoDurationText.of(Duration.ofNanos(nanos)))
                .containsExactly("1ns", "1.5µs", "1.5ms", "500ms", "1.5s", "1m30s", "1h0m0s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "CMD", "HTTP"})
    void knownTypesAreKnown(String type) {
        assertThat(Probe.knows(List.of(type))).isTrue();
        assertThat(Probe.knows(List.of(type + "X"))).isFalse();
    }
}
