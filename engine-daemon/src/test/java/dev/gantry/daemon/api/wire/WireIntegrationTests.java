package dev.gantry.daemon.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WireIntegrationTests {

    private static WireServer server;

    private record Person(@JsonProperty("Name") String name) {}

    @BeforeAll
    static void start(@TempDir Path directory) throws LifecycleException {
        Router router = new Router()
                .get(
                        "/plain",
                        exchange -> exchange.text(200, exchange.apiVersion().toString()))
                .get("/images/json", exchange -> exchange.text(200, "list"))
                .get("/images/{name:.*}/json", exchange -> exchange.text(200, exchange.variable("name")))
                .get("/containers/{id}/json", exchange -> exchange.text(200, exchange.variable("id")))
                .get(
                        "/filters",
                        exchange -> exchange.text(
                                200,
                                exchange.query()
                                        .filters(Set.of("label"))
                                        .get("label")
                                        .toString()))
                .get(
                        "/flag",
                        exchange -> exchange.text(
                                200, Boolean.toString(exchange.query().flag("on"))))
                .get(
                        "/number",
                        exchange -> exchange.text(
                                200, Integer.toString(exchange.query().integer("n", 7))))
                .get(
                        "/time",
                        exchange -> exchange.text(
                                200,
                                exchange.query().timestamp("t").orElseThrow().toString()))
                .post(
                        "/person",
                        exchange ->
                                exchange.text(201, exchange.body(Person.class).name()))
                .post(
                        "/maybe",
                        exchange -> exchange.text(
                                200,
                                exchange.optionalBody(Person.class)
                                        .map(Person::name)
                                        .orElse("nobody")))
                .get("/fail/{kind}", exchange -> {
                    throw new EngineException(EngineException.Kind.valueOf(exchange.variable("kind")), "why");
                })
                .get("/illegal", exchange -> {
                    throw new IllegalArgumentException("bad reference");
                });
        server = WireServer.start(directory, router);
    }

    @AfterAll
    static void stop() throws LifecycleException {
        server.close();
    }

    @Test
    void a01VersionedAndBarePathsAreRouted() throws IOException {
        assertThat(server.get("/plain").body()).isEqualTo("1.51");
        assertThat(server.get("/v1.41/plain").body()).isEqualTo("1.41");
    }

    @Test
    void a01UnknownPathAndWrongMethodAre404() throws IOException {
        assertThat(server.get("/nope").status()).isEqualTo(404);
        assertThat(server.get("/v1.5a/plain").body()).isEqualTo("{\"message\":\"page not found\"}\n");
        assertThat(server.post("/plain", "", "").status()).isEqualTo(404);
    }

    @Test
    void a01DoubleSlashIsRedirectedAndOptionsIs200() throws IOException {
        RawAnswer redirect = server.get("//plain?x=1");
        assertThat(redirect.status()).isEqualTo(301);
        assertThat(redirect.header("location")).isEqualTo("/plain?x=1");
        assertThat(server.send("OPTIONS /any HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a02EveryAnswerHasTheEnginesHeaders() throws IOException {
        for (String path : new String[] {"/plain", "/nope", "/fail/CONFLICT"}) {
            RawAnswer answer = server.get(path);
            assertThat(answer.header("api-version")).isEqualTo("1.51");
            assertThat(answer.header("ostype")).isEqualTo("linux");
            assertThat(answer.header("docker-experimental")).isEqualTo("false");
            assertThat(answer.header("server")).isEqualTo("Docker/9.8.7 (linux)");
        }
    }

    @Test
    void a04VersionsOutOfRangeAreRefused() throws IOException {
        assertThat(server.get("/v1.60/plain").body())
                .contains("client version 1.60 is too new. Maximum supported API version is 1.51");
        RawAnswer old = server.get("/v1.20/plain");
        assertThat(old.status()).isEqualTo(400);
        assertThat(old.header("content-type")).startsWith("text/plain");
        assertThat(old.body())
                .contains("client version 1.20 is too old. Minimum supported API version is 1.24, "
                        + "please upgrade your client to a newer version");
    }

    @Test
    void a06StatusFollowsTheKindOfError() throws IOException {
        assertThat(server.get("/fail/NOT_FOUND").status()).isEqualTo(404);
        assertThat(server.get("/fail/INVALID").status()).isEqualTo(400);
        assertThat(server.get("/fail/UNAVAILABLE").status()).isEqualTo(503);
        assertThat(server.get("/fail/NOT_IMPLEMENTED").body()).isEqualTo("{\"message\":\"why\"}\n");
        assertThat(server.get("/fail/NOT_MODIFIED").status()).isEqualTo(304);
        assertThat(server.get("/illegal").status()).isEqualTo(400);
    }

    @Test
    void a08JsonKeysComeInAnyCaseAndUnknownOnesAreIgnored() throws IOException {
        assertThat(server.post("/person", "application/json; charset=utf-8", "{\"nAmE\":\"x\",\"more\":null}")
                        .body())
                .isEqualTo("x");
    }

    @Test
    void a08BrokenBodiesAreRefused() throws IOException {
        assertThat(server.post("/person", "text/plain", "{}").body())
                .contains("unsupported Content-Type header (text/plain): must be 'application/json'");
        assertThat(server.post("/person", "application/json", "{}{}").body()).contains("unexpected content after JSON");
        assertThat(server.post("/person", "application/json", "{bad").body()).contains("invalid JSON: ");
        assertThat(server.post("/person", "application/json", "{").body())
                .contains("invalid JSON: unexpected EOF at line 1, column 2");
        assertThat(server.post("/person", "", "").body()).contains("invalid JSON: got EOF while reading request body");
        assertThat(server.post("/maybe", "", "").body()).isEqualTo("nobody");
    }

    @Test
    void a10QueryValuesAreReadAsGoReadsThem() throws IOException {
        assertThat(server.get("/flag?on=No").body()).isEqualTo("false");
        assertThat(server.get("/flag?on=x").body()).isEqualTo("true");
        assertThat(server.get("/number").body()).isEqualTo("7");
        assertThat(server.get("/number?n=x").body()).contains("strconv.Atoi: parsing \\\"x\\\": invalid syntax");
        assertThat(server.get("/time?t=1.5").body()).isEqualTo("1970-01-01T00:00:01.500Z");
        assertThat(server.get("/time?t=2020-01-01T00:00:00%2B01:00").body()).isEqualTo("2019-12-31T23:00:00Z");
    }

    @Test
    void a11FiltersComeInBothFormsAndUnescaped() throws IOException {
        assertThat(server.get("/filters?filters={\"label\":[\"a=b\"]}").body()).isEqualTo("[a=b]");
        assertThat(server.get("/filters?filters=%7B%22label%22%3A%7B%22a%22%3Atrue%7D%7D")
                        .body())
                .isEqualTo("[a]");
        assertThat(server.get("/filters?filters={\"nope\":[\"a\"]}").body()).contains("invalid filter 'nope'");
        assertThat(server.get("/filters?filters={").status()).isEqualTo(400);
    }

    @Test
    void a13NamesMayHoldSlashesAlsoEscaped() throws IOException {
        assertThat(server.get("/images/a/b:c/json").body()).isEqualTo("a/b:c");
        assertThat(server.get("/v1.44/images/a%2Fb@sha256:1/json").body()).isEqualTo("a/b@sha256:1");
        assertThat(server.get("/images/json").body()).isEqualTo("list");
        assertThat(server.get("/containers/a/b/json").status()).isEqualTo(404);
    }
}
