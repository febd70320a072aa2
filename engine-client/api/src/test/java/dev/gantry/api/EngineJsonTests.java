package dev.gantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class EngineJsonTests {

    private static final JsonMapper MAPPER = EngineJson.mapper();

    @Test
    void createRequestIsFlatOnTheWire() {
        ContainerCreateRequest request = MAPPER.readValue("""
                {"Image":"busybox","Cmd":["date"],"ExposedPorts":{"22/tcp":{}},"Volumes":{"/v":{}},"Labels":null,
                 "HostConfig":{"Memory":5,"PortBindings":{"22/tcp":[{"HostPort":"11022"}]},"CapAdd":["NET_ADMIN"]},
                 "NetworkingConfig":{"EndpointsConfig":{"n":{"Aliases":["a"]},"m":null}}}""", ContainerCreateRequest.class);
        assertThat(request.config().image()).isEqualTo("busybox");
        assertThat(request.config().cmd()).containsExactly("date");
        assertThat(request.config().entrypoint()).isNull();
        assertThat(request.config().exposedPorts()).containsExactly("22/tcp");
        assertThat(request.config().labels()).isEmpty();
        assertThat(request.hostConfig().memory()).isEqualTo(5);
        assertThat(request.hostConfig().portBindings().get("22/tcp")).containsExactly(new PortBinding("", "11022"));
        assertThat(request.networkingConfig().endpointsConfig().get("m")).isEqualTo(EndpointSettings.EMPTY);
        assertThat(MAPPER.readValue(MAPPER.writeValueAsBytes(request), ContainerCreateRequest.class))
                .isEqualTo(request);
        assertThat(MAPPER.writeValueAsString(request)).startsWith("{\"Hostname\":\"\",\"Domainname\":\"\"");
    }

    @Test
    void keysMatchInAnyCaseAndUnknownOnesAreIgnored() {
        ContainerCreateRequest request = MAPPER.readValue(
                "{\"image\":\"x\",\"hostconfig\":{\"MEMORY\":7,\"nope\":1},\"other\":{}}",
                ContainerCreateRequest.class);
        assertThat(request.config().image()).isEqualTo("x");
        assertThat(request.hostConfig().memory()).isEqualTo(7);
    }

    @Test
    void aMissingListDiffersFromAnEmptyOneForEntrypointAndPaths() {
        assertThat(MAPPER.readValue("{\"Entrypoint\":[]}", ContainerConfig.class)
                        .entrypoint())
                .isEmpty();
        assertThat(MAPPER.writeValueAsString(ContainerConfig.EMPTY))
                .contains("\"Entrypoint\":null")
                .contains("\"Cmd\":null")
                .contains("\"OnBuild\":null");
        assertThat(MAPPER.writeValueAsString(HostConfig.EMPTY)).contains("\"MaskedPaths\":null");
    }

    @Test
    void aCommandMayBeOneText() {
        assertThat(MAPPER.readValue("{\"Cmd\":\"ls\"}", ContainerConfig.class).cmd())
                .containsExactly("ls");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Memory\":\"5\"}",
                "{\"Memory\":1.5}",
                "{\"NetworkMode\":5}",
                "{\"Privileged\":\"true\"}",
                "{\"Privileged\":1}",
                "{\"Binds\":{}}",
                "{} {}",
                "{"
            })
    void wrongTypesAreRefused(String json) {
        assertThatThrownBy(() -> MAPPER.readValue(json, HostConfig.class)).isInstanceOf(JacksonException.class);
    }

    @Test
    void registryAuthSurvivesItsHeader() {
        RegistryAuth auth = new RegistryAuth("u?>", "p", "", "", "localhost:5000", "", "");
        assertThat(RegistryAuth.decode(auth.encode())).isEqualTo(auth);
        assertThat(auth.toString()).doesNotContain("p,");
        assertThat(RegistryAuth.decode("no base64 at all!")).isEqualTo(RegistryAuth.ANONYMOUS);
        assertThat(RegistryAuth.decode("")).isEqualTo(RegistryAuth.ANONYMOUS);
    }

    @Test
    void healthTestIsLeftOutWhenInherited() {
        assertThat(MAPPER.writeValueAsString(new HealthConfig(List.of(), 5, 0, 0, 0, 0)))
                .isEqualTo("{\"Interval\":5}");
    }
}
