package dev.gantry.daemon.runtime.cdi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object of a description, whose members are read by name and kind. */
final class Document {

    private final Map<?, ?> members;
    private final String where;

    /**
     * Wraps what a parser gave; nothing at all is an object without members.
     *
     * @throws IllegalArgumentException where it is something else
     */
    Document(@Nullable Object value, String where) {
        if (value != null && !(value instanceof Map)) {
            throw new IllegalArgumentException(where + " is not an object");
        }
        this.members = value == null ? Map.of() : (Map<?, ?>) value;
        this.where = where;
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    /** A text; empty where there is none. */
    String text(String name) {
        Object value = members.get(name);
        if (value == null) {
            return "";
        }
        if (value instanceof String || value instanceof Number) {
            return value.toString();
        }
        throw new IllegalArgumentException(name + " of " + where + " is not a text");
    }

    Optional<Long> number(String name) {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number) {
            return Optional.of(number.longValue());
        }
        throw new IllegalArgumentException(name + " of " + where + " is not a number");
    }

    Document object(String name) {
        return new Document(members.get(name), name);
    }

    List<Document> objects(String name) {
        List<Document> objects = new ArrayList<>();
        items(name).forEach(item -> objects.add(new Document(item, name)));
        return objects;
    }

    List<String> texts(String name) {
        return items(name).stream().map(String::valueOf).toList();
    }

    private List<?> items(String name) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(name + " of " + where + " is not a list");
    }
}
