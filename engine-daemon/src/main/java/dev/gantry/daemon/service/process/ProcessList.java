package dev.gantry.daemon.service.process;

import java.util.List;

/**
 * A table of processes.
 *
 * @param titles of the columns
 * @param rows as many cells each
 */
public record ProcessList(List<String> titles, List<List<String>> rows) {

    public ProcessList {
        titles = List.copyOf(titles);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
