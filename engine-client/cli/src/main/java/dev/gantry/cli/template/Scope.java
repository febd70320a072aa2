package dev.gantry.cli.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the dot and the variables are while a part of a template runs. */
final class Scope {

    final @Nullable Object dot;
    private final @Nullable Scope outer;
    private final Map<String, @Nullable Object> variables = new HashMap<>();

    Scope(@Nullable Object dot, @Nullable Scope outer) {
        this.dot = dot;
        this.outer = outer;
    }

    void set(String name, @Nullable Object value) {
        variables.put(name, value);
    }

    @Nullable
    Object variable(String name) {
        if (variables.containsKey(name)) {
            return variables.get(name);
        }
        if (outer == null) {
            throw new TemplateException("undefined variable \"" + name + "\"");
        }
        return outer.variable(name);
    }
}
