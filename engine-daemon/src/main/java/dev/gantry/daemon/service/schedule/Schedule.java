package dev.gantry.daemon.service.schedule;

import java.time.Duration;

/** Has work done later. */
@FunctionalInterface
public interface Schedule {

    /** Has work done after a delay, on a thread that may wait. */
    Appointment in(Duration delay, Runnable work);
}
