package dev.gantry.daemon.api.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Finds the path a client should have asked for, where it wrote {@code //}, {@code /./} or {@code /../}. */
final class PathCleaner {

    private PathCleaner() {}

    /** The clean path, if it differs. */
    static Optional<String> cleaned(String path) {
        if (!path.contains("//") && !path.contains("/.")) {
            return Optional.empty();
        }
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        String clean = "/" + String.join("/", kept) + (path.endsWith("/") && !kept.isEmpty() ? "/" : "");
        return clean.equals(path) ? Optional.empty() : Optional.of(clean);
    }
}
