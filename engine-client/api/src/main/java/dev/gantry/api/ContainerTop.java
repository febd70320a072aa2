package dev.gantry.api;

import java.util.List;

/**
 * The processes of a container, as ps shows them.
 *
 * @param processes a list of cells each
 * @param titles of the columns
 */
public record ContainerTop(List<List<String>> processes, List<String> titles) {

    public ContainerTop {
        processes = Absent.list(processes);
        titles = Absent.list(titles);
    }
}
