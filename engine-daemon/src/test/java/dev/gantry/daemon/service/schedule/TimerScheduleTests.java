package dev.gantry.daemon.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimerScheduleTests {

    @Test
    void workRunsOnTheExecutorInTheOrderOfItsTimesAndNotOnceCalledOff() throws InterruptedException {
        CountDownLatch late = new CountDownLatch(1);
        CompletableFuture<Boolean> earlyCameFirst = new CompletableFuture<>();
        try (TimerSchedule schedule = new TimerSchedule(Runnable::run)) {
            Appointment never = schedule.in(Duration.ZERO.plusMillis(50), () -> earlyCameFirst.complete(false));
            never.cancel();
            schedule.in(Duration.ofMillis(150), late::countDown);
            schedule.in(Duration.ofMillis(100), () -> earlyCameFirst.complete(late.getCount() == 1));
            assertThat(late.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(earlyCameFirst.join()).isTrue();
    }
}
