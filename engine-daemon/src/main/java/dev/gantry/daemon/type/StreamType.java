package dev.gantry.daemon.type;

/** The standard stream a piece of output came from. */
public enum StreamType {
    STDOUT,
    STDERR
}
