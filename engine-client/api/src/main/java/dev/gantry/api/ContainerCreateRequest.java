package dev.gantry.api;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.util.NameTransformer;

/**
 * A container to be made. On the wire the fields of {@code config} stand beside {@code HostConfig} and
 * {@code NetworkingConfig}.
 */
@JsonSerialize(using = ContainerCreateRequest.Serializer.class)
@JsonDeserialize(using = ContainerCreateRequest.Deserializer.class)
public record ContainerCreateRequest(ContainerConfig config, HostConfig hostConfig, NetworkingConfig networkingConfig) {

    /** The members that are objects of their own. */
    record Attachments(HostConfig hostConfig, NetworkingConfig networkingConfig) {
        Attachments {
            hostConfig = hostConfig == null ? HostConfig.EMPTY : hostConfig;
            networkingConfig = networkingConfig == null ? NetworkingConfig.EMPTY : networkingConfig;
        }
    }

    static final class Serializer extends ValueSerializer<ContainerCreateRequest> {

        @Override
        public void serialize(ContainerCreateRequest value, JsonGenerator out, SerializationContext context) {
            out.writeStartObject();
            context.findValueSerializer(ContainerConfig.class)
                    .unwrappingSerializer(NameTransformer.NOP)
                    .serialize(value.config, out, context);
            out.writeName("HostConfig");
            context.writeValue(out, value.hostConfig);
            out.writeName("NetworkingConfig");
            context.writeValue(out, value.networkingConfig);
            out.writeEndObject();
        }
    }

    static final class Deserializer extends ValueDeserializer<ContainerCreateRequest> {

        @Override
        public ContainerCreateRequest deserialize(JsonParser in, DeserializationContext context) {
            JsonNode tree = context.readTree(in);
            Attachments attachments = context.readTreeAsValue(tree, Attachments.class);
            return new ContainerCreateRequest(
                    context.readTreeAsValue(tree, ContainerConfig.class),
                    attachments.hostConfig,
                    attachments.networkingConfig);
        }
    }
}
