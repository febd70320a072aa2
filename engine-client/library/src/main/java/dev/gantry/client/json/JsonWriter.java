package dev.gantry.client.json;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, texts, numbers and booleans as JSON. */
final class JsonWriter {

    private final StringBuilder out = new StringBuilder();
    private final int spaces;

    private JsonWriter(int spaces) {
        this.spaces = spaces;
    }

    static String compact(@Nullable Object value) {
        return indented(value, 0);
    }

    static String indented(@Nullable Object value, int spaces) {
        JsonWriter writer = new JsonWriter(spaces);
        writer.writeNested(value, 0);
        return writer.out.toString();
    }

    private void writeObject(Map<?, ?> map, int level) {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        boolean any = entries.hasNext();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            newLine(level + 1);
            writeText(String.valueOf(entry.getKey()));
            out.append(spaces > 0 ? ": " : ":");
            writeNested(entry.getValue(), level + 1);
            if (entries.hasNext()) {
                out.append(',');
            }
        }
        if (any) {
            newLine(level);
        }
        out.append('}');
    }

    private void writeArray(Iterable<?> list, int level) {
        out.append('[');
        Iterator<?> items = list.iterator();
        boolean any = items.hasNext();
        while (items.hasNext()) {
            newLine(level + 1);
            writeNested(items.next(), level + 1);
            if (items.hasNext()) {
                out.append(',');
            }
        }
        if (any) {
            newLine(level);
        }
        out.append(']');
    }

    private void writeNested(@Nullable Object value, int level) {
        if (value instanceof Map<?, ?> map) {
            writeObject(map, level);
        } else if (value instanceof Json json) {
            writeNested(json.raw(), level);
        } else if (value instanceof String text) {
            writeText(text);
        } else if (value instanceof Iterable<?> items) {
            writeArray(items, level);
        } else {
            out.append(value);
        }
    }

    private void newLine(int level) {
        if (spaces > 0) {
            out.append('\n').append(" ".repeat(level * spaces));
        }
    }

    private void writeText(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
