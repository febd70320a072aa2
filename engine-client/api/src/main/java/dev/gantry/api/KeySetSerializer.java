package dev.gantry.api;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Write a set as the keys of an object with empty values: {@code {"80/tcp":{}}}. */
class KeySetSerializer extends ValueSerializer<Set<String>> {

    /** Writes null for the empty set. */
    static final class NullIfEmpty extends KeySetSerializer {

        @Override
        public void serialize(Set<String> value, JsonGenerator out, SerializationContext context) {
            if (value.isEmpty()) {
                out.writeNull();
            } else {
                super.serialize(value, out, context);
            }
        }
    }

    @Override
    public void serialize(Set<String> value, JsonGenerator out, SerializationContext context) {
        out.writeStartObject();
        for (String key : new TreeSet<>(value)) {
            out.writeName(key);
            out.writeStartObject();
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    @Override
    public boolean isEmpty(SerializationContext context, Set<String> value) {
        return value.isEmpty();
    }
}
