package dev.gantry.api;

/**
 * The outcome of one health probe.
 */
public record HealthcheckResult(String start, String end, int exitCode, String output) {

    public HealthcheckResult {
        start = Absent.text(start);
        end = Absent.text(end);
        output = Absent.text(output);
    }
}
