package dev.gantry.api;

import java.util.Collection;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Write an empty collection as null, as clients know it of fields that were never set. */
final class NullIfEmptySerializer extends ValueSerializer<Object> {

    @Override
    public void serialize(Object value, JsonGenerator out, SerializationContext context) {
        boolean empty = value instanceof Collection<?> list ? list.isEmpty() : ((Map<?, ?>) value).isEmpty();
        if (empty) {
            out.writeNull();
        } else {
            context.writeValue(out, value);
        }
    }
}
