package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.acceptance.Http.Answer;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every client relies on, whatever it asks: the conventions that show only with a whole daemon. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireConventionsAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    private TestDaemon daemon;
    private Http http;

    @BeforeAll
    void start() {
        Needs.root();
        Needs.program("docker", "to bring the image in");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
        http = new Http(daemon);
    }

    @AfterAll
    void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    private String raw(String method, String path, String headers) throws IOException {
        try (SocketChannel channel = http.begin(method, path, headers)) {
            return new String(Http.rest(channel), StandardCharsets.UTF_8);
        }
    }

    private String created(String name, String fields) throws IOException {
        return http.post("/containers/create?name=" + name, "{\"Image\":\"" + IMAGE + "\"," + fields + "}")
                .id();
    }

    @Test
    void a03PingTellsWhatClientsNegotiateBy() throws IOException {
        String get = raw("GET", "/_ping", "");
        String head = raw("HEAD", "/_ping", "");
        for (String answer : new String[] {get, head}) {
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("\r\nApi-Version: 1.51\r\n")
                    .containsIgnoringCase("\r\nOstype: linux\r\n")
                    .containsIgnoringCase("\r\nBuilder-Version: ")
                    .containsIgnoringCase("\r\nSwarm: inactive\r\n")
                    .containsIgnoringCase("\r\nPragma: no-cache\r\n")
                    .containsIgnoringCase("\r\nCache-Control: no-cache, no-store, must-revalidate\r\n");
        }
        assertThat(get).endsWith("\r\n\r\nOK");
        assertThat(head).containsIgnoringCase("\r\nContent-Length: 0\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void a05TheNewestAndTheOldestVersionAreSaidAndServed() throws IOException {
        assertThat(http.get("/version").body())
                .contains("\"ApiVersion\":\"1.51\"")
                .contains("\"MinAPIVersion\":\"1.24\"");
        assertThat(http.get("/v1.24/containers/json").status()).isEqualTo(200);
        assertThat(http.get("/v1.51/containers/json").status()).isEqualTo(200);
        assertThat(http.get("/v1.52/containers/json").status()).isEqualTo(400);
    }

    @Test
    void a07TextsThatClientsParse() throws IOException {
        String id = created("texts", "\"Cmd\":[\"true\"]");
        assertThat(http.get("/containers/x/json").body()).contains("No such container: x");
        assertThat(http.get("/images/x/json").body()).contains("No such image: x");
        assertThat(http.get("/exec/x/json").body()).contains("No such exec instance: x");
        assertThat(http.get("/networks/x").body()).contains("network x not found");
        assertThat(http.get("/volumes/x").body()).contains("get x: no such volume");
        assertThat(http.post("/containers/texts/kill").body()).contains("is not running");
        assertThat(http.post("/containers/texts/exec", "{\"Cmd\":[\"true\"]}").body())
                .contains("container " + id + " is not running");
        assertThat(http.get("/containers/json?filters=%7B%22x%22%3A%5B%22y%22%5D%7D")
                        .body())
                .contains("invalid filter 'x'");
        assertThat(http.post("/containers/create", "{}").body())
                .contains("config cannot be empty in order to create a container");
        assertThat(http.post("/containers/create?name=texts", "{\"Image\":\"" + IMAGE + "\"}")
                        .body())
                .contains("Conflict. The container name \\\"/texts\\\" is already in use by container \\\"" + id
                        + "\\\". You have to remove (or rename) that container to be able to reuse that name.");
        http.delete("/containers/texts");
    }

    @Test
    void a09EmptyListsAreListsAndTimesThatNeverWereAreZero() throws IOException {
        created("shapes", "\"Cmd\":[\"true\"]");
        assertThat(http.get("/containers/json").body()).startsWith("[");
        assertThat(http.get("/images/json").body())
                .contains("\"RepoDigests\":[]")
                .contains("\"RepoTags\":[\"");
        assertThat(http.get("/containers/shapes/json").body())
                .contains("\"StartedAt\":\"0001-01-01T00:00:00Z\"")
                .contains("\"FinishedAt\":\"0001-01-01T00:00:00Z\"")
                .contains("\"Id\":\"");
        assertThat(http.delete("/containers/shapes").status()).isEqualTo(204);
    }

    @Test
    void a12ContainersAreFoundByIdNameAndUniqueBeginning() throws IOException {
        String id = created("lookup", "\"Cmd\":[\"true\"]");
        for (String reference : new String[] {id, "lookup", id.substring(0, 12), id.substring(0, 20)}) {
            assertThat(http.get("/containers/" + reference + "/json").status())
                    .as(reference)
                    .isEqualTo(200);
        }
        assertThat(http.post("/containers/create?name=a", "{\"Image\":\"" + IMAGE + "\"}")
                        .status())
                .isEqualTo(400);
        http.delete("/containers/lookup");
    }

    @Test
    void a14WhatFailsBeforeTheFirstByteHasAStatusAndAPullEndsWithItsOutcome() throws IOException {
        Answer refused = http.post("/images/create?fromImage=127.0.0.1%3A1%2Fno%2Fsuch&tag=1");
        assertThat(refused.status()).isGreaterThanOrEqualTo(400);
        assertThat(refused.body()).startsWith("{\"message\":\"");
    }

    @Test
    void a17RegistryAuthThatCannotBeReadIsNobody() throws IOException {
        for (String value : new String[] {"", "!!!", "e30=", "bnVsbA=="}) {
            String answer = raw(
                    "POST",
                    "/images/create?fromImage=127.0.0.1%3A1%2Fno%2Fsuch&tag=1",
                    "Content-Length: 0\r\nX-Registry-Auth: " + value + "\r\n");
            assertThat(answer).as(value).doesNotContain("HTTP/1.1 400").contains("127.0.0.1:1");
        }
    }

    @Test
    void a18AStopGoesOnWhenItsClientGoesAndAFollowerIsForgotten() throws IOException {
        String id = created(
                "going",
                "\"Cmd\":[\"sh\",\"-c\",\"trap 'echo stopping; sleep 1; exit 9' TERM; while :; do sleep 0.1; done\"]");
        http.post("/containers/" + id + "/start");
        long descriptors = HostState.count(daemon, "descriptors");
        try (SocketChannel follower = http.begin("GET", "/containers/" + id + "/logs?follow=1&stdout=1", "");
                SocketChannel waiter = http.begin("POST", "/containers/" + id + "/wait", "Content-Length: 0\r\n")) {
            Awaitility.await("both are served").until(() -> HostState.count(daemon, "descriptors") >= descriptors + 2);
            assertThat(follower.isOpen() && waiter.isOpen()).isTrue();
        }
        Awaitility.await("both are forgotten")
                .atMost(Duration.ofSeconds(30))
                .until(() -> HostState.count(daemon, "descriptors") <= descriptors);
        try (SocketChannel gone = http.begin("POST", "/containers/" + id + "/stop", "Content-Length: 0\r\n")) {
            Awaitility.await("the stop has begun")
                    .until(() -> http.get("/containers/" + id + "/logs?stdout=1")
                            .body()
                            .contains("stopping"));
            assertThat(gone.isOpen()).isTrue();
        }
        Awaitility.await("the container has ended in its own way")
                .atMost(Duration.ofSeconds(30))
                .until(() -> http.get("/containers/" + id + "/json").body().contains("\"ExitCode\":9"));
        http.delete("/containers/" + id);
    }
}
