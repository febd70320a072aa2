package dev.gantry.daemon.service.schedule;

/** Work that is due at some time. Safe for use by many threads. */
@FunctionalInterface
public interface Appointment {

    /** Calls it off; does nothing where the work has begun. */
    void cancel();
}
