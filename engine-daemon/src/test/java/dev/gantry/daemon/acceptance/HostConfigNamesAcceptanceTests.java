package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which names and addresses a container knows itself and others, as its files, variables and interfaces tell. */
class HostConfigNamesAcceptanceTests {

    private static final String BRIDGE = "--network=bridge";

    private static TestEngine engine;

    @BeforeAll
    static void start() {
        engine = TestEngine.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (engine != null) {
            engine.close();
        }
    }

    @AfterEach
    void removeAll() {
        for (String name : List.of("hc-db", "hc-db-2", "hc-web")) {
            engine.docker("rm", "-f", name).run();
        }
    }

    private static void database(String... options) {
        List<String> line = new java.util.ArrayList<>(List.of("run", "-d", "--name", "hc-db"));
        line.addAll(List.of(options));
        line.addAll(List.of(TestEngine.IMAGE, "sleep", "1000"));
        engine.docker(line.toArray(String[]::new)).run().ok();
    }

    private static String addressOf(String container) {
        return engine.docker("exec", container, "sh", "-c", "ip -4 -o addr show eth0 | sed 's/.*inet //; s,/.*,,'")
                .run()
                .ok();
    }

    @Test
    void ownNames() {
        assertThat(engine.sh(
                        List.of(BRIDGE, "--hostname", "web", "--domainname", "example.org"),
                        "hostname; cat /proc/sys/kernel/domainname; cat /etc/hostname; tail -1 /etc/hosts | cut -f2"))
                .isEqualTo("web\nexample.org\nweb\nweb.example.org web");
    }

    @Test
    void namesOfOthers() {
        assertThat(
                        engine.sh(
                                List.of(
                                        BRIDGE,
                                        "--add-host",
                                        "other:10.1.2.3",
                                        "--add-host",
                                        "six:2001:db8::1",
                                        "--add-host",
                                        "gate:host-gateway"),
                                "grep -E 'other|six|gate' /etc/hosts | tr '\\t' ' '; ip route | sed -n 's/default via \\([^ ]*\\).*/\\1/p'"))
                .matches("(?s)10\\.1\\.2\\.3 other\n2001:db8::1 six\n([0-9.]+) gate\n\\1");
    }

    @Test
    void resolver() {
        assertThat(engine.sh(
                        List.of(
                                BRIDGE,
                                "--dns=9.9.9.9",
                                "--dns=2001:db8::53",
                                "--dns-search=example.org",
                                "--dns-option=ndots:3"),
                        "cat /etc/resolv.conf"))
                .contains("nameserver 9.9.9.9\nnameserver 2001:db8::53", "search example.org", "options ndots:3");
    }

    @Test
    void addressOfTheInterface() throws IOException {
        String show = "cat /sys/class/net/eth0/address";
        assertThat(engine.sh(List.of(BRIDGE, "--mac-address", "92:d0:c6:0a:29:33"), show))
                .isEqualTo("92:d0:c6:0a:29:33");
        assertThat(engine.shOf(
                        "'NetworkingConfig':{'EndpointsConfig':{'bridge':{'MacAddress':'92:d0:c6:0a:29:34'}}}", show))
                .isEqualTo("92:d0:c6:0a:29:34");
        Http.Answer old = engine.create("/v1.43", "'MacAddress':'92:d0:c6:0a:29:35'", show);
        assertThat(old.body()).doesNotContain("deprecated");
        assertThat(engine.docker("start", "-a", old.id()).run().ok()).isEqualTo("92:d0:c6:0a:29:35");
        engine.docker("rm", old.id()).run().ok();
        Http.Answer now = engine.create("'MacAddress':'92:d0:c6:0a:29:36'", show);
        assertThat(now.body()).contains("The container-wide MacAddress field is now deprecated");
        engine.docker("rm", now.id()).run().ok();
    }

    @Test
    void linkedContainerIsKnownByItsAlias() {
        database("--expose", "5432", "--env", "ROLE=primary", "--hostname", "dbhost");
        String address = addressOf("hc-db");
        String seen = engine.sh(
                List.of(BRIDGE, "--name", "hc-web", "--link", "hc-db:db-1"),
                "grep db-1 /etc/hosts | tr '\\t' ' '; env | grep ^DB_1 | sort");
        assertThat(seen.lines())
                .containsExactly(
                        address + " db-1 dbhost hc-db",
                        "DB_1_ENV_ROLE=primary",
                        "DB_1_NAME=/hc-web/db-1",
                        "DB_1_PORT=tcp://" + address + ":5432",
                        "DB_1_PORT_5432_TCP=tcp://" + address + ":5432",
                        "DB_1_PORT_5432_TCP_ADDR=" + address,
                        "DB_1_PORT_5432_TCP_PORT=5432",
                        "DB_1_PORT_5432_TCP_PROTO=tcp");
        assertThat(engine.sh(List.of(BRIDGE, "--link", "hc-db"), "ping -c 1 -W 5 hc-db >/dev/null && echo reached"))
                .isEqualTo("reached");
    }

    @Test
    void newAddressOfALinkedContainerIsToldToThoseThatRun() {
        database();
        engine.docker("run", "-d", "--name", "hc-web", "--link", "hc-db:db", TestEngine.IMAGE, "sleep", "1000")
                .run()
                .ok();
        String before = addressOf("hc-db");
        engine.docker("exec", "hc-web", "sh", "-c", "echo 10.9.9.9 mine >>/etc/hosts")
                .run()
                .ok();
        engine.docker("stop", "-t", "0", "hc-db").run().ok();
        engine.docker("run", "-d", "--name", "hc-db-2", TestEngine.IMAGE, "sleep", "1000")
                .run()
                .ok();
        engine.docker("start", "hc-db").run().ok();
        String after = addressOf("hc-db");
        assumeTrue(!after.equals(before), "the address came back: nothing to tell");
        assertThat(engine.docker("exec", "hc-web", "cat", "/etc/hosts").run().ok())
                .contains(after + "\tdb ")
                .contains("10.9.9.9 mine")
                .doesNotContain(before + "\t");
    }

    @Test
    void linkNeedsARunningTargetAndOutlivesItsRemoval() {
        database();
        engine.docker("create", "--name", "hc-web", "--link", "hc-db:db", TestEngine.IMAGE, "true")
                .run()
                .ok();
        engine.docker("kill", "hc-db").run().ok();
        engine.docker("wait", "hc-db").run().ok();
        assertThat(engine.docker("start", "hc-web").run().err())
                .contains("Cannot link to a non running container: /hc-db AS /hc-web/db");
        engine.docker("rm", "hc-db").run().ok();
        engine.docker("start", "hc-web").run().ok();
    }

    @Test
    void variablesAndInit() {
        assertThat(engine.sh(List.of("-e", "A=b", "--hostname", "h"), "echo $A $HOSTNAME"))
                .isEqualTo("b h");
        boolean there = engine.run(List.of("--init"), "true").exit() == 0;
        assumeTrue(there, "needs an init binary on the engine's host");
        assertThat(engine.sh(List.of("--init"), "tr '\\0' ' ' </proc/1/cmdline"))
                .startsWith("/sbin/docker-init -- sh");
    }

    @Test
    void initOfTheDaemonsChoice() throws IOException {
        engine.onThisHost();
        Path init = Files.createTempFile("init", ".sh");
        Files.write(init, Files.readAllBytes(TestImage.BUSYBOX));
        assertThat(init.toFile().setExecutable(true)).isTrue();
        try (TestDaemon daemon = TestDaemon.start("--init-path", init.toString())) {
            daemon.docker("import", "-", TestEngine.IMAGE)
                    .reading(TestImage.busybox())
                    .run()
                    .ok();
            Command.Result run = daemon.docker("run", "--rm", "--init", TestEngine.IMAGE, "true")
                    .run();
            assertThat(run.err())
                    .as("busybox knows no applet of the name it is mounted as")
                    .contains("docker-init");
        } finally {
            Files.delete(init);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'HostConfig':{'Links':['nobody:a']} | 400 | could not get container for nobody: No such container: nobody",
                "'HostConfig':{'Links':['a:b:c']} | 400 | bad format for links: a:b:c",
                "'HostConfig':{'NetworkMode':'host','Links':['a']} | 400 | host type networking can't be used with links",
                "'HostConfig':{'ExtraHosts':['a:b']} | 400 | invalid IP address in add-host: 'b'",
                "'HostConfig':{'ExtraHosts':['a']} | 400 | bad format for add-host: 'a'",
                "'HostConfig':{'Dns':['a']} | 400 | bad nameserver address a",
                "'MacAddress':'zz' | 400 | invalid config for network bridge: invalid MAC address zz",
                "'Hostname':'x','HostConfig':{'UTSMode':'host'} | 400 | conflicting options: hostname and the UTS mode",
                "'Hostname':'x','HostConfig':{'NetworkMode':'container:y'} | 400 | hostname and the network mode",
                "'HostConfig':{'NetworkMode':'container:y','Dns':['1.1.1.1']} | 400 | dns and the network mode",
                "'HostConfig':{'NetworkMode':'container:y','PublishAllPorts':true} | 400 | port publishing and the container type",
                "'NetworkingConfig':{'EndpointsConfig':{'bridge':{'Aliases':['x']}}} | 400 | network-scoped aliases",
                "'StopSignal':'NONSENSE' | 400 | invalid signal: NONSENSE",
                "'HostConfig':{'Runtime':'nonsense'} | 400 | unknown or invalid runtime name: nonsense",
            })
    void whatCannotBeIsSaid(String fields, int status, String message) throws IOException {
        engine.assertRefused(fields, status, message);
    }

    @Test
    void severalEndpointsNeedVersion144() throws IOException {
        assertThat(engine.create("/v1.43", "'NetworkingConfig':{'EndpointsConfig':{'bridge':{},'x':{}}}", "true")
                        .body())
                .contains("Container cannot be created with multiple network endpoints: bridge, x");
    }
}
