package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which devices a container finds and may use. */
class HostConfigDevicesAcceptanceTests {

    @TempDir
    static Path root;

    private static TestEngine engine;

    @BeforeAll
    static void start() throws IOException {
        Path late = Files.createDirectories(root.resolve("late"));
        Path early = Files.createDirectories(root.resolve("early"));
        engine = TestEngine.start("--cdi-spec-dir", early.toString(), "--cdi-spec-dir", late.toString());
    }

    @AfterAll
    static void stop() throws IOException {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void noDescriptions() throws IOException {
        for (String directory : List.of("early", "late")) {
            try (var files = Files.newDirectoryStream(root.resolve(directory))) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void describe(String file, String text) throws IOException {
        engine.onThisHost();
        Files.writeString(root.resolve(file), text);
    }

    @Test
    void oneDevice() {
        assertThat(engine.sh(
                        List.of("--device", "/dev/zero:/dev/mine"),
                        "stat -c '%F %t,%T' /dev/mine; head -c 4 /dev/mine | wc -c"))
                .isEqualTo("character special file 1,5\n4");
    }

    @Test
    void whatMayBeDoneWithADevice() {
        String device =
                engine.sh(List.of("--privileged"), "ls /dev/loop-control /dev/fuse 2>/dev/null | head -1; true");
        assumeTrue(!device.isEmpty(), "needs a device that containers cannot use unless told otherwise");
        String open = "(: <>/dev/mine) 2>&1; (: </dev/mine) 2>&1 && echo read";
        assertThat(engine.sh(List.of("--device", device + ":/dev/mine:r"), open))
                .contains("Operation not permitted")
                .contains("read");
        assertThat(engine.sh(List.of("--device", device + ":/dev/mine"), open)).isEqualTo("read");
    }

    @Test
    void directoryOfDevices() throws IOException {
        engine.onThisHost();
        Path directory = Files.createDirectories(root.resolve("many/below"));
        Command.of("mknod", directory.resolve("z").toString(), "c", "1", "5")
                .run()
                .ok();
        assertThat(engine.sh(
                        List.of("--device", root.resolve("many") + ":/dev/many"),
                        "head -c 3 /dev/many/below/z | wc -c"))
                .isEqualTo("3");
    }

    /** The kernel says that there is no such device, or that it may not be used: the latter is the group's rule. */
    @Test
    void rulesOfTheDevicesGroup() {
        String use = "mknod /k b 240 0; (: </k) 2>&1";
        assertThat(engine.run(List.of(), use).out()).contains("Operation not permitted");
        assertThat(engine.run(List.of("--device-cgroup-rule", "b 240:* rwm"), use)
                        .out())
                .containsPattern("No such device");
    }

    @Test
    void allDevicesWherePrivileged() {
        assertThat(engine.sh(List.of("--privileged"), "test -c /dev/kmsg && echo there"))
                .isEqualTo("there");
        assertThat(engine.sh(List.of(), "test -c /dev/kmsg || echo absent")).isEqualTo("absent");
    }

    @Test
    void devicesThatFilesDescribe() throws IOException {
        Path shared = Files.writeString(root.resolve("library"), "a library\n");
        describe("early/vendor.yaml", """
                cdiVersion: "0.6.0"
                kind: vendor.com/device
                containerEdits:
                  env: ["COMMON=yes"]
                devices:
                  - name: first
                    containerEdits:
                      env: ["FIRST=1", "PATH=/bin:/vendor"]
                      deviceNodes:
                        - path: /dev/first
                          hostPath: /dev/zero
                          permissions: r
                          fileMode: 0600
                      mounts:
                        - hostPath: %s
                          containerPath: /vendor/library
                          options: ["ro", "nosuid", "bind"]
                      additionalGids: [4242]
                  - name: second
                    containerEdits:
                      deviceNodes: [{path: /dev/second, type: c, major: 1, minor: 5}]
                """.formatted(shared));
        assertThat(engine.sh(
                        List.of("--device", "vendor.com/device=first", "--device", "vendor.com/device=second"),
                        "echo $COMMON $FIRST $PATH; head -c 2 /dev/first | wc -c; stat -c %a /dev/first;"
                                + " cat /vendor/library;"
                                + " test -c /dev/second && echo second; id -G"))
                .isEqualTo("yes 1 /bin:/vendor\n2\n600\na library\nsecond\n0 4242");
    }

    @Test
    void hooksOfDescriptionsAreRun() throws IOException {
        Path mark = root.resolve("mark");
        describe("early/hooked.json", """
                {"cdiVersion":"0.5.0","kind":"vendor.com/hooked","devices":[{"name":"x","containerEdits":{"hooks":[
                 {"hookName":"createRuntime","path":"/bin/sh","args":["sh","-c","cat >%s"]}]}}]}""".formatted(mark));
        engine.sh(List.of("--device", "vendor.com/hooked=x"), "true");
        assertThat(mark).content().contains("\"status\"");
    }

    @Test
    void laterDirectoriesWin() throws IOException {
        String spec = "{\"cdiVersion\":\"0.5.0\",\"kind\":\"vendor.com/dev\",\"devices\":[{\"name\":\"x\","
                + "\"containerEdits\":{\"env\":[\"FROM=%s\"]}}]}";
        describe("early/d.json", spec.formatted("early"));
        assertThat(engine.sh(List.of("--device", "vendor.com/dev=x"), "echo $FROM"))
                .isEqualTo("early");
        describe("late/d.json", spec.formatted("late"));
        assertThat(engine.sh(List.of("--device", "vendor.com/dev=x"), "echo $FROM"))
                .isEqualTo("late");
    }

    @Test
    void graphicsProcessorsComeFromTheirVendorsDescription() throws IOException {
        describe("early/nvidia.yaml", """
                cdiVersion: "0.6.0"
                kind: nvidia.com/gpu
                devices:
                  - {name: "0", containerEdits: {env: ["GPU=zero"]}}
                  - {name: "1", containerEdits: {env: ["GPU1=one"]}}
                  - {name: all, containerEdits: {env: ["GPU=all"]}}
                """);
        assertThat(engine.sh(List.of("--gpus", "all"), "echo $GPU")).isEqualTo("all");
        assertThat(engine.sh(List.of("--gpus", "2"), "echo $GPU $GPU1")).isEqualTo("zero one");
        assertThat(engine.sh(List.of("--gpus", "device=1"), "echo $GPU $GPU1")).isEqualTo("one");
    }

    @Test
    void descriptionsThatCannotBeCarriedOutAreLeftOut() throws IOException {
        describe(
                "early/good.json",
                "{\"cdiVersion\":\"0.5.0\",\"kind\":\"good.com/dev\",\"devices\":[{\"name\":\"x\","
                        + "\"containerEdits\":{\"env\":[\"A=b\"]}}]}");
        describe("early/bad.yaml", "{{{{ not yaml");
        describe("early/rdt.yaml", """
                cdiVersion: '0.6.0'
                kind: rdt.com/dev
                devices: [{name: x, containerEdits: {intelRdt: {closID: a}}}]
                """);
        assertThat(engine.sh(List.of("--device", "good.com/dev=x"), "echo $A")).isEqualTo("b");
        assertThat(engine.run(List.of("--device", "rdt.com/dev=x"), "true").err())
                .contains("unresolvable CDI devices rdt.com/dev=x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Devices':[{'PathOnHost':'/dev/nope'}] | 400 | error gathering device information while adding custom device '/dev/nope'",
                "'Devices':[{'PathOnHost':'/dev/null','CgroupPermissions':'z'}] | 400 | invalid device mode: z",
                "'DeviceCgroupRules':['x'] | 400 | invalid device cgroup rule format: 'x'",
                "'DeviceRequests':[{'Driver':'cdi','DeviceIDs':['no.com/d=x']}] | 400 | unresolvable CDI devices no.com/d=x",
                "'DeviceRequests':[{'Driver':'cdi','DeviceIDs':['/dev/x']}] | 400 | invalid CDI device name",
                "'DeviceRequests':[{'Count':-1,'Capabilities':[['tpu']]}] | 500 | could not select device driver '' with capabilities: [[tpu]]",
                "'DeviceRequests':[{'Driver':'nvidia','Count':-1,'Capabilities':[['gpu']]}] | 500 | could not select device driver 'nvidia'",
                "'DeviceRequests':[{'Count':1,'DeviceIDs':['0'],'Capabilities':[['gpu']]}] | 400 | cannot set both Count and DeviceIDs",
            })
    void whatCannotBeIsSaid(String fields, int status, String message) throws IOException {
        engine.assertRefused("'HostConfig':{" + fields + "}", status, message);
    }
}
