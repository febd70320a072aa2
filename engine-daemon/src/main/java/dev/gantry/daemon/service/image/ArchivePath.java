package dev.gantry.daemon.service.image;

import dev.gantry.daemon.type.EngineException;
import java.util.ArrayList;
import java.util.List;

/** Paths within an archive of images. They are keys of a map and never lead to a file of this machine. */
final class ArchivePath {

    private ArchivePath() {}

    /** The path without dots and empty parts; one that leads out of the archive is refused. */
    static String normal(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    throw EngineException.invalid("The archive names a path outside of itself: " + path);
                }
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /** Where a symbolic link leads. */
    static String follow(String link, String target) {
        if (target.startsWith("/")) {
            return normal(target);
        }
        int slash = link.lastIndexOf('/');
        return normal(slash < 0 ? target : link.substring(0, slash) + "/" + target);
    }
}
