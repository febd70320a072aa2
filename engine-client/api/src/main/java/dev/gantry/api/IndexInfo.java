package dev.gantry.api;

import java.util.List;

/**
 * A registry as the engine is set up for it.
 */
public record IndexInfo(String name, List<String> mirrors, boolean secure, boolean official) {

    public IndexInfo {
        name = Absent.text(name);
        mirrors = Absent.list(mirrors);
    }
}
