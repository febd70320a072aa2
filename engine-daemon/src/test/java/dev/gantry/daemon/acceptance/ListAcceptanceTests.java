package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.daemon.acceptance.Command.Result;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists of containers by every filter, their sizes, and the removal of those that do not run. */
class ListAcceptanceTests {

    private static final String IMAGE = "test/busybox";

    private static TestDaemon daemon;
    private static Http http;

    @BeforeAll
    static void start() {
        Needs.root();
        Needs.program("docker", "the command line this engine must satisfy");
        daemon = TestDaemon.start();
        daemon.docker("import", "-", IMAGE).reading(TestImage.busybox()).run().ok();
        http = new Http(daemon);
        docker("run", "-d", "--name", "first", "-l", "a=b", "-v", "data:/d", "--expose", "90", IMAGE, "sleep", "1000")
                .ok();
        docker(
                        "run",
                        "-d",
                        "--name",
                        "web",
                        "-l",
                        "tier=front",
                        "-p",
                        "8080",
                        "--network",
                        "bridge",
                        IMAGE,
                        "sleep",
                        "1000")
                .ok();
        docker("run", "--name", "failed", IMAGE, "sh", "-c", "exit 3");
        docker("create", "--name", "made", IMAGE, "true").ok();
    }

    @AfterAll
    static void stop() throws IOException {
        if (daemon != null) {
            daemon.close();
        }
    }

    private static Result docker(String... arguments) {
        return daemon.docker(arguments).run();
    }

    private static List<String> all(String... filters) {
        String[] line = new String[filters.length * 2 + 4];
        line[0] = "ps";
        line[1] = "-a";
        line[2] = "--format";
        line[3] = "{{.Names}}";
        for (int i = 0; i < filters.length; i++) {
            line[4 + 2 * i] = "--filter";
            line[5 + 2 * i] = filters[i];
        }
        return docker(line).ok().lines().toList();
    }

    private static Http.Answer refused(String filters) throws IOException {
        return http.get("/containers/json?filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8));
    }

    @Test
    void listsTheNewestFirstAndRunningOnesUnlessAsked() {
        assertThat(all()).containsExactly("made", "failed", "web", "first");
        assertThat(docker("ps", "--format", "{{.Names}}").ok().lines()).containsExactly("web", "first");
        assertThat(docker("ps", "-n", "2", "--format", "{{.Names}}").ok().lines())
                .containsExactly("made", "failed");
    }

    @Test
    void narrowsByEachFilter() {
        assertThat(all("status=exited")).containsExactly("failed");
        assertThat(all("status=created", "status=running")).containsExactly("made", "web", "first");
        assertThat(all("exited=3")).containsExactly("failed");
        assertThat(docker("ps", "-q", "--filter", "exited=3").ok()).isEmpty();
        assertThat(all("label=a")).containsExactly("first");
        assertThat(all("label=tier=front", "label=a")).isEmpty();
        assertThat(all("name=^/we")).containsExactly("web");
        assertThat(all("name=first", "name=web")).containsExactly("web", "first");
        assertThat(all("before=failed")).containsExactly("web", "first");
        assertThat(all("since=web")).containsExactly("made", "failed");
        assertThat(all("volume=data")).containsExactly("first");
        assertThat(all("volume=/d")).containsExactly("first");
        assertThat(all("expose=80-95")).containsExactly("first");
        assertThat(all("publish=8080/tcp")).containsExactly("web");
        assertThat(all("publish=8080/udp")).isEmpty();
        assertThat(all("ancestor=" + IMAGE)).hasSize(4);
        assertThat(all("ancestor=nothing")).isEmpty();
        assertThat(all("health=none")).hasSize(4);
        assertThat(all("is-task=true")).isEmpty();
        assertThat(all("network=bridge")).contains("web", "first");
        assertThat(all("network="
                        + docker("network", "inspect", "-f", "{{.Id}}", "bridge")
                                .ok()))
                .contains("web", "first");
        assertThat(all("id=" + docker("inspect", "-f", "{{.Id}}", "web").ok().substring(0, 9)))
                .containsExactly("web");
    }

    @Test
    void refusesValuesThatAreNoneInDockersWords() throws IOException {
        assertThat(refused("{\"status\":[\"bogus\"]}").body()).contains("invalid filter 'status=bogus'");
        assertThat(refused("{\"health\":[\"bogus\"]}").body()).contains("unrecognized filter value for health: bogus");
        assertThat(refused("{\"exited\":[\"x\"]}").body())
                .contains("invalid filter 'exited=x': strconv.Atoi: parsing \\\"x\\\": invalid syntax");
        assertThat(refused("{\"is-task\":[\"maybe\"]}").body()).contains("invalid filter 'is-task=[maybe]'");
        assertThat(refused("{\"publish\":[\"1:1\"]}").status()).isEqualTo(400);
        assertThat(refused("{\"before\":[\"nope\"]}").status()).isEqualTo(404);
        assertThat(refused("{\"bogus\":[\"x\"]}").body()).contains("invalid filter 'bogus'");
        assertThat(refused("xx").status()).isEqualTo(400);
        assertThat(http.get("/containers/json?limit=x").status()).isEqualTo(400);
    }

    @Test
    void tellsSizesWhereAsked() throws IOException {
        String id = docker("create", "--name", "sized", IMAGE, "sh", "-c", "head -c 5000 /dev/zero >/f")
                .ok();
        docker("start", "-a", id).ok();
        String body = http.get("/containers/sized/json?size=1").body();
        assertThat(body).contains("\"SizeRw\":5000");
        assertThat(http.get("/containers/sized/json").body()).doesNotContain("SizeRw");
        assertThat(docker("ps", "-as", "--filter", "name=sized", "--format", "{{.Size}}")
                        .ok())
                .startsWith("5kB (virtual ");
        docker("rm", id).ok();
    }

    @Test
    void pruneRemovesWhatDoesNotRunAndIsChosen() throws IOException {
        String one = docker("create", "-l", "prune=one", IMAGE, "true").ok();
        String two = docker("create", "-l", "prune=two", IMAGE, "sh", "-c", "head -c 7000 /dev/zero >/f")
                .ok();
        docker("start", "-a", two).ok();
        assertThat(prune("{\"label\":[\"prune\"],\"until\":[\"1h\"]}").body())
                .contains("{\"ContainersDeleted\":null,\"SpaceReclaimed\":0}");
        assertThat(prune("{\"label\":[\"prune\"],\"label!\":[\"prune=two\"]}").body())
                .contains(one);
        assertThat(prune("{\"label\":[\"prune\"]}").body())
                .contains("{\"ContainersDeleted\":[\"" + two + "\"],\"SpaceReclaimed\":7000}");
        assertThat(all("label=prune")).isEmpty();
        assertThat(all()).hasSize(4);
    }

    @Test
    void pruneRefusesInDockersWords() throws IOException {
        assertThat(prune("{\"until\":[\"x\"]}").body())
                .contains("failed to parse value as time or duration: \\\"x\\\"");
        assertThat(prune("{\"until\":[\"1h\",\"2h\"]}").body()).contains("more than one until filter specified");
        assertThat(prune("{\"bogus\":[\"x\"]}").status()).isEqualTo(400);
    }

    private static Http.Answer prune(String filters) throws IOException {
        return http.post("/containers/prune?filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8));
    }
}
