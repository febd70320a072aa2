package dev.gantry.daemon.api.docker.system;

/** How many objects there are now. Asked for each request, by several threads; must be quick. */
public interface EngineCounts {

    /** Containers by state. */
    record Containers(int running, int paused, int stopped) {

        int total() {
            return running + paused + stopped;
        }
    }

    Containers containers();

    int images();
}
