package dev.gantry.api;

import java.util.List;

/**
 * The packet filter the engine uses.
 */
public record FirewallInfo(String driver, @OmitEmpty List<List<String>> info) {

    public FirewallInfo {
        driver = Absent.text(driver);
        info = Absent.list(info);
    }
}
