package dev.gantry.api;

/**
 * A resource limit of the processes of a container; -1 is unlimited.
 */
public record Ulimit(String name, long hard, long soft) {

    public Ulimit {
        name = Absent.text(name);
    }
}
