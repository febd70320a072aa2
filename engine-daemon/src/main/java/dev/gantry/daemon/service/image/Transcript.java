package dev.gantry.daemon.service.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events in order, of which those that only count on within one step of one layer take each other's place, so that a
 * slow reader costs no memory. Not thread-safe.
 */
final class Transcript {

    private final Map<Object, ImageProgress> events = new LinkedHashMap<>();

    private record LayerStep(Object layer, ImageProgress.Step step) {}

    void add(ImageProgress event) {
        Object key = event instanceof ImageProgress.Layer layer ? new LayerStep(layer.layer(), layer.step()) : event;
        events.put(key, event);
    }

    void addAll(Transcript other) {
        other.events.values().forEach(this::add);
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** Takes out all events. */
    List<ImageProgress> drain() {
        List<ImageProgress> drained = new ArrayList<>(events.values());
        events.clear();
        return drained;
    }
}
