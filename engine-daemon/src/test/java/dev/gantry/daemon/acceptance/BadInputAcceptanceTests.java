package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.acceptance.Http.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input gets docker's status and a clear message, and nothing is lost or left by it. */
class BadInputAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    private static TestDaemon daemon;
    private static Http http;

    @BeforeAll
    static void start() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        http = new Http(daemon);
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
        daemon.docker("run", "-d", "--name", "running", IMAGE, "sleep", "10000")
                .run()
                .ok();
        daemon.docker("create", "--name", "created", IMAGE, "true").run().ok();
    }

    @AfterAll
    static void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    /** Whatever was asked for, the two containers are there as they were, and no third one is. */
    @AfterEach
    void nothingIsLostOrLeft() {
        assertThat(daemon.docker("ps", "-a", "--format", "{{.Names}} {{.State}}")
                        .run()
                        .ok()
                        .lines())
                .containsExactlyInAnyOrder("running running", "created created");
    }

    private static void assertRefused(Answer answer, int status, String message) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).startsWith("{\"message\":\"").contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "GET    | /containers/nobody/json | 404 | No such container: nobody",
                "POST   | /containers/nobody/start | 404 | No such container: nobody",
                "DELETE | /containers/nobody | 404 | No such container: nobody",
                "GET    | /images/no/such/json | 404 | No such image: no/such:latest",
                "DELETE | /images/no/such | 404 | No such image: no/such:latest",
                "GET    | /volumes/nothing | 404 | no such volume",
                "GET    | /exec/nothing/json | 404 | No such exec instance: nothing",
                "GET    | /no/such/path | 404 | page not found",
                "GET    | /v9.99/containers/json | 400 | client version 9.99 is too new",
                "GET    | /containers/json?filters=%7B | 400 | ",
                "GET    | /containers/json?filters=%7B%22colour%22%3A%5B%22red%22%5D%7D | 400 | invalid filter 'colour'",
                "GET    | /images/json?filters=%7B%22colour%22%3A%5B%22red%22%5D%7D | 400 | invalid filter 'colour'",
                "GET    | /containers/running/logs | 400 | you must choose at least one stream",
                "POST   | /containers/running/kill?signal=NONSENSE | 400 | NONSENSE",
                "POST   | /containers/created/kill | 409 | is not running",
                "POST   | /containers/running/wait?condition=sometime | 400 | invalid condition",
                "DELETE | /containers/running | 409 | container is running",
                "POST   | /containers/running/rename?name=created | 409 | already in use",
                "POST   | /containers/running/rename?name=a%2Fb | 400 | Invalid container name",
                "POST   | /images/create?fromImage=UPPER%2FCase | 400 | invalid reference format",
                "GET    | /containers/running/archive?path=/no/such | 404 | /no/such",
            })
    void requestsWithoutABody(String method, String path, int status, String message) throws IOException {
        assertRefused(http.send(method, path, "", ""), status, message == null ? "" : message);
    }

    @ParameterizedTest
    @CsvSource({"/containers/running/start", "/containers/created/stop"})
    void whatIsSoAlreadyIsNotModified(String path) throws IOException {
        assertThat(http.post(path)).isEqualTo(new Answer(304, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "`Image`:`no/such/image` | 404 | No such image: no/such/image:latest",
                "`Image`:`UPPER/case` | 404 | No such image: UPPER/case:latest",
                "`Image`:`` | 400 | ",
                "`Image`:`test/busybox`,`HostConfig`:{`Memory`:1000} | 400 | Minimum memory limit allowed is 6MB",
                "`Image`:`test/busybox`,`HostConfig`:{`Binds`:[`/tmp:relative`]} | 400 | ",
                "`Image`:`test/busybox`,`HostConfig`:{`Binds`:[`/tmp:/`]} | 400 | destination can't be '/'",
                "`Image`:`test/busybox`,`HostConfig`:{`Binds`:[`/tmp:/x:nonsense`]} | 400 | ",
                "`Image`:`test/busybox`,`HostConfig`:{`Mounts`:[{`Type`:`bind`,`Source`:`/no/such`,`Target`:`/x`}]} | 400 | bind source path does not exist: /no/such",
                "`Image`:`test/busybox`,`HostConfig`:{`RestartPolicy`:{`Name`:`often`}} | 400 | invalid restart policy: unknown policy 'often'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
                "`Image`:`test/busybox`,`HostConfig`:{`RestartPolicy`:{`Name`:`always`,`MaximumRetryCount`:2}} | 400 | invalid restart policy: maximum retry count can only be used with 'on-failure'",
                "`Image`:`test/busybox`,`HostConfig`:{`RestartPolicy`:{`Name`:`on-failure`,`MaximumRetryCount`:-2}} | 400 | invalid restart policy: maximum retry count cannot be negative",
                "`Image`:`test/busybox`,`HostConfig`:{`AutoRemove`:true,`RestartPolicy`:{`Name`:`always`}} | 400 | can't create 'AutoRemove' container with restart policy",
                "`Image`:`test/busybox`,`HostConfig`:{`Links`:[`running:r`]} | 501 | link",
                "`Image`:`test/busybox`,`Healthcheck`:{`Test`:[`CMD`,`true`]} | 501 | health",
            })
    void containersThatCannotBe(String fields, int status, String message) throws IOException {
        Answer answer = http.post("/containers/create", "{\"Cmd\":[\"true\"]," + fields.replace('`', '"') + "}");
        assertRefused(answer, status, message == null ? "" : message);
    }

    @Test
    void bodiesThatAreNotUnderstood() throws IOException {
        assertRefused(http.post("/containers/create", "{\"Image\":"), 400, "");
        assertRefused(http.post("/containers/create", "{\"Image\":[1]}"), 400, "");
        assertRefused(http.post("/containers/create", ""), 400, "");
        assertRefused(
                http.send("POST", "/containers/create", "text/plain", "{\"Image\":\"" + IMAGE + "\"}"),
                400,
                "text/plain");
        assertRefused(
                http.post("/containers/create?name=running", "{\"Image\":\"" + IMAGE + "\"}"), 409, "already in use");
        assertRefused(
                http.post("/containers/create?name=a%2Fb", "{\"Image\":\"" + IMAGE + "\"}"),
                400,
                "Invalid container name");
        assertRefused(http.post("/containers/created/exec", "{\"Cmd\":[\"true\"]}"), 409, "is not running");
        assertRefused(http.post("/containers/running/exec", "{\"Cmd\":[]}"), 400, "No exec command specified");
    }

    @Test
    void unknownFieldsAreIgnored() throws IOException {
        Answer answer = http.post(
                "/containers/create",
                "{\"Image\":\"" + IMAGE + "\",\"Cmd\":[\"true\"],\"Colour\":1,\"HostConfig\":{\"Y\":{}}}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(http.delete("/containers/" + answer.id()).status()).isEqualTo(204);
    }

    @Test
    void portOfAForeignProcessIsRefusedAndTheContainerStaysAsItWas() throws IOException {
        try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertPortRefused(foreign.getLocalPort());
        }
    }

    @Test
    void portOfAnotherContainerIsRefusedAndTheContainerStaysAsItWas() throws IOException {
        int port;
        try (ServerSocket chosen = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = chosen.getLocalPort();
        }
        String holder = created(port);
        assertThat(http.post("/containers/" + holder + "/start").status()).isEqualTo(204);
        assertPortRefused(port);
        assertThat(http.delete("/containers/" + holder + "?force=1").status()).isEqualTo(204);
    }

    private static String created(int port) throws IOException {
        return http.post(
                        "/containers/create",
                        "{\"Image\":\"" + IMAGE + "\",\"Cmd\":[\"sleep\",\"1000\"],\"HostConfig\":{\"PortBindings\":"
                                + "{\"80/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"" + port + "\"}]}}}")
                .id();
    }

    private static void assertPortRefused(int port) throws IOException {
        String id = created(port);
        assertRefused(http.post("/containers/" + id + "/start"), 500, Integer.toString(port));
        assertThat(http.get("/containers/" + id + "/json").body()).contains("\"Status\":\"created\"");
        assertThat(http.delete("/containers/" + id).status()).isEqualTo(204);
    }
}
