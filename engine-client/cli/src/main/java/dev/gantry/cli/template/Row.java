package dev.gantry.cli.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A line of a list: named columns, found when asked for. Asking for a name it does not have is an error. */
public final class Row {

    private final Map<String, Supplier<? extends @Nullable Object>> columns = new LinkedHashMap<>();

    /** Adds a column. */
    public Row with(String name, Supplier<? extends @Nullable Object> value) {
        columns.put(name, value);
        return this;
    }

    @Nullable
    Object value(String name) {
        Supplier<? extends @Nullable Object> column = columns.get(name);
        if (column == null) {
            throw new TemplateException("can't evaluate field " + name);
        }
        return column.get();
    }

    /** All columns by name. */
    Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new TreeMap<>();
        columns.forEach((name, value) -> values.put(name, value.get()));
        return values;
    }
}
