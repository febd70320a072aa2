package dev.gantry.api;

import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Read the keys of an object, whatever their values. */
final class KeySetDeserializer extends ValueDeserializer<Set<String>> {

    @Override
    public Set<String> deserialize(JsonParser in, DeserializationContext context) {
        if (!in.isExpectedStartObjectToken()) {
            context.reportWrongTokenException(this, JsonToken.START_OBJECT, "expected an object of names");
        }
        Set<String> keys = new LinkedHashSet<>();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            keys.add(name);
            in.nextToken();
            in.skipChildren();
        }
        return keys;
    }
}
