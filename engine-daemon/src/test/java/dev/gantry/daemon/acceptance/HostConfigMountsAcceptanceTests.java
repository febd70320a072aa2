package dev.gantry.daemon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container finds mounted, as it finds it. */
class HostConfigMountsAcceptanceTests {

    private static TestEngine engine;

    @TempDir
    Path scratch;

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

    private static void remove(String... containersAndVolumes) {
        for (String name : containersAndVolumes) {
            engine.docker("rm", "-fv", name).run();
            engine.docker("volume", "rm", "-f", name).run();
        }
    }

    private static String detached(String... options) {
        List<String> line = new ArrayList<>(List.of("run", "-d", "--network=none"));
        line.addAll(List.of(options));
        line.addAll(List.of(TestEngine.IMAGE, "sleep", "1000"));
        return engine.docker(line.toArray(String[]::new)).run().ok();
    }

    @Test
    void memory() {
        assertThat(engine.sh(
                        List.of("--tmpfs", "/t:size=1m,mode=0750,uid=1000,gid=50,nr_inodes=10,exec"),
                        "stat -c '%a %u %g' /t; grep ' /t ' /proc/mounts"))
                .startsWith("750 1000 50")
                .contains("size=1024k", "nr_inodes=10", "nosuid", "nodev")
                .doesNotContain("noexec");
        assertThat(engine.sh(
                        List.of("--mount", "type=tmpfs,dst=/t,tmpfs-size=2m,tmpfs-mode=1700"),
                        "stat -c %a /t; grep ' /t ' /proc/mounts"))
                .startsWith("1700")
                .contains("size=2048k", "noexec");
    }

    @Test
    void readOnlyReachesMountsBelowUnlessToldOtherwise() throws IOException {
        engine.onThisHost();
        Path below = Files.createDirectories(scratch.resolve("below"));
        Command.of("mount", "-t", "tmpfs", "inner", below.toString()).run().ok();
        try {
            String script = "touch /x/below/f 2>/dev/null && echo written || echo refused";
            assertThat(engine.sh(List.of("-v", scratch + ":/x:ro"), script)).isEqualTo("refused");
            String bind = "type=bind,src=" + scratch + ",dst=/x,readonly";
            assertThat(engine.sh(List.of("--mount", bind), script)).isEqualTo("refused");
            assertThat(engine.sh(List.of("--mount", bind + ",bind-recursive=writable"), script))
                    .isEqualTo("written");
            assertThat(engine.sh(
                            List.of("--mount", bind + ",bind-recursive=readonly,bind-propagation=rprivate"), script))
                    .isEqualTo("refused");
            assertThat(engine.sh(
                            List.of("--mount", "type=bind,src=" + scratch + ",dst=/x,bind-recursive=disabled"),
                            "grep -c inner /proc/mounts; true"))
                    .isEqualTo("0");
            String mount = "'HostConfig':{'NetworkMode':'none','Mounts':[{'Type':'bind','Source':'" + scratch
                    + "','Target':'/x','ReadOnly':true}]}";
            Http.Answer old = engine.create("/v1.43", mount, script);
            assertThat(engine.docker("start", "-a", old.id()).run().ok()).isEqualTo("written");
            engine.docker("rm", "-f", old.id()).run().ok();
        } finally {
            Command.of("umount", below.toString()).run().ok();
        }
    }

    @Test
    void propagationAndWhatItNeedsOfTheSource() throws IOException {
        engine.onThisHost();
        Path shared = Files.createDirectories(scratch.resolve("shared"));
        Command.of("mount", "-t", "tmpfs", "outer", shared.toString()).run().ok();
        try {
            Command.of("mount", "--make-private", shared.toString()).run().ok();
            assertThat(engine.run(List.of("-v", shared + ":/x:rshared"), "true").err())
                    .contains("path " + shared + " is mounted on " + shared + " but it is not a shared mount");
            assertThat(engine.run(List.of("-v", shared + ":/x:rslave"), "true").err())
                    .contains("but it is not a shared or slave mount");
            Command.of("mount", "--make-shared", shared.toString()).run().ok();
            String mine = "grep ' /x ' /proc/self/mountinfo";
            assertThat(engine.sh(List.of("-v", shared + ":/x:rshared"), mine)).contains("shared:");
            assertThat(engine.sh(List.of("-v", shared + ":/x:rslave"), mine)).contains("master:");
            assertThat(engine.sh(List.of("-v", shared + ":/x"), mine)).doesNotContain("shared:", "master:");
        } finally {
            Command.of("umount", shared.toString()).run().ok();
        }
    }

    @Test
    void sourceIsMadeWhereAskedFor() throws IOException {
        engine.onThisHost();
        Path absent = scratch.resolve("absent");
        String mount = "type=bind,src=" + absent + ",dst=/x";
        assertThat(engine.run(List.of("--mount", mount), "true").err()).contains("bind source path does not exist");
        String field = "'HostConfig':{'NetworkMode':'none','Mounts':[{'Type':'bind','Source':'" + absent
                + "','Target':'/x','BindOptions':{'CreateMountpoint':true}}]}";
        assertThat(engine.shOf(field, "touch /x/f && echo made")).isEqualTo("made");
        assertThat(absent.resolve("f")).exists();
    }

    @Test
    void partOfAVolume() {
        try {
            engine.sh(List.of("-v", "hc-part:/v"), "mkdir -p /v/a/b && echo deep >/v/a/b/f && ln -s /etc /v/out");
            List<String> part = List.of("--mount", "type=volume,src=hc-part,dst=/x,volume-subpath=a/b");
            assertThat(engine.sh(part, "cat /x/f; ls /x; echo more >/x/g")).isEqualTo("deep\nf");
            assertThat(engine.sh(List.of("-v", "hc-part:/v"), "cat /v/a/b/g")).isEqualTo("more");
            assertThat(engine.sh(
                            List.of("--mount", "type=volume,src=hc-part,dst=/x/file,volume-subpath=a/b/f"),
                            "cat /x/file"))
                    .isEqualTo("deep");
            assertThat(engine.run(List.of("--mount", "type=volume,src=hc-part,dst=/x,volume-subpath=out"), "ls /x")
                            .err())
                    .as("a link leads nowhere but into the volume")
                    .contains("no such file or directory");
            assertThat(engine.run(List.of("--mount", "type=volume,src=hc-part,dst=/x,volume-subpath=no"), "true")
                            .err())
                    .contains("cannot access path")
                    .contains("no such file or directory");
        } finally {
            remove("hc-part");
        }
    }

    @Test
    void partOfAVolumeIsSeenByCopiesToo() throws IOException {
        try {
            engine.sh(List.of("-v", "hc-copy:/v"), "mkdir /v/a && echo deep >/v/a/f");
            engine.docker(
                            "create",
                            "--name",
                            "hc-copying",
                            "--mount",
                            "type=volume,src=hc-copy,dst=/x,volume-subpath=a",
                            TestEngine.IMAGE,
                            "true")
                    .run()
                    .ok();
            Path copied = scratch.resolve("copied");
            engine.docker("cp", "hc-copying:/x/f", copied.toString()).run().ok();
            assertThat(copied).content().isEqualTo("deep\n");
        } finally {
            remove("hc-copying", "hc-copy");
        }
    }

    @Test
    void image() {
        List<String> whole = List.of("--mount", "type=image,src=" + TestEngine.IMAGE + ",dst=/i");
        assertThat(engine.sh(whole, "cat /i/data/seed; touch /i/x 2>/dev/null || echo read-only"))
                .isEqualTo("from the image\nread-only");
        List<String> part = List.of("--mount", "type=image,src=" + TestEngine.IMAGE + ",dst=/i,image-subpath=data");
        assertThat(engine.sh(part, "ls /i")).isEqualTo("seed");
        assertThat(engine.run(List.of("--mount", "type=image,src=no/such,dst=/i"), "true")
                        .err())
                .contains("no/such");
    }

    @Test
    void imageStaysWhileItIsMountedAndNothingStaysOfIt() throws IOException {
        TestDaemon daemon = engine.onThisHost();
        engine.docker("import", "-", "test/other")
                .reading(TestImage.busybox())
                .run()
                .ok();
        String id = detached("--mount", "type=image,src=test/other,dst=/i");
        assertThat(engine.docker("rmi", "test/other").run().exit()).isNotZero();
        assertThat(engine.docker("exec", id, "cat", "/i/data/seed").run().ok()).isEqualTo("from the image");
        engine.docker("restart", "-t", "0", id).run().ok();
        assertThat(engine.docker("exec", id, "cat", "/i/data/seed").run().ok()).isEqualTo("from the image");
        engine.docker("rm", "-f", id).run().ok();
        engine.docker("rmi", "test/other").run().ok();
        assertThat(daemon.dataRoot().resolve("snapshots/containers")).isEmptyDirectory();
        assertThat(daemon.execRoot().resolve("stage"))
                .satisfiesAnyOf(
                        stage -> assertThat(stage).doesNotExist(),
                        stage -> assertThat(stage).isEmptyDirectory());
    }

    @Test
    void mountsOfOtherContainers() {
        try {
            detached("--name", "hc-giver", "-v", "hc-given:/v", "-v", "/anonymous", "--tmpfs", "/own");
            engine.docker("exec", "hc-giver", "sh", "-c", "echo 1 >/v/f; echo 2 >/anonymous/f")
                    .run()
                    .ok();
            String read = "cat /v/f /anonymous/f; ls -d /own 2>/dev/null; echo 3 2>/dev/null >/v/g && echo written";
            assertThat(engine.sh(List.of("--volumes-from", "hc-giver"), read)).isEqualTo("1\n2\nwritten");
            assertThat(engine.run(List.of("--volumes-from", "hc-giver:ro"), read)
                            .out())
                    .isEqualTo("1\n2\n");
            assertThat(engine.sh(List.of("--volumes-from", "hc-giver", "--tmpfs", "/v"), "ls /v; cat /anonymous/f"))
                    .as("the container's own mounts win")
                    .isEqualTo("2");
            assertThat(engine.docker("exec", "hc-giver", "cat", "/anonymous/f")
                            .run()
                            .ok())
                    .as("the end of those who share does not take the giver's volumes")
                    .isEqualTo("2");
        } finally {
            remove("hc-giver", "hc-given");
        }
    }

    @Test
    void optionsOfNewVolumes() {
        try {
            engine.sh(List.of("--mount", "type=volume,src=hc-new,dst=/data,volume-nocopy,volume-label=a=b"), "true");
            assertThat(engine.docker("volume", "inspect", "hc-new", "--format", "{{.Labels}}")
                            .run()
                            .ok())
                    .isEqualTo("map[a:b]");
            assertThat(engine.sh(List.of("-v", "hc-new:/x"), "ls /x")).isEmpty();
            assertThat(engine.sh(List.of("--mount", "type=volume,src=hc-new2,dst=/data"), "cat /data/seed"))
                    .isEqualTo("from the image");
        } finally {
            remove("hc-new", "hc-new2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'Tmpfs':{'/x':'colour=1'} | 400 | invalid tmpfs option 'colour'",
                "'Tmpfs':{'x':''} | 400 | invalid mount path: 'x' mount path must be absolute",
                "'Tmpfs':{'/':''} | 400 | destination can't be '/'",
                "'Mounts':[{'Type':'colour','Target':'/x'}] | 400 | mount type unknown",
                "'Mounts':[{'Type':'npipe','Source':'x','Target':'/x'}] | 400 | mount type unknown",
                "'Mounts':[{'Type':'cluster','Source':'x','Target':'/x'}] | 501 | cluster",
                "'Mounts':[{'Type':'tmpfs','Target':'/x','BindOptions':{}}] | 400 | BindOptions must not be specified",
                "'Mounts':[{'Type':'bind','Source':'/tmp','Target':'/x','BindOptions':{'Propagation':'p'}}] | 400 | invalid propagation mode: p",
                "'Mounts':[{'Type':'volume','Source':'v','Target':'/x','VolumeOptions':{'Subpath':'../a'}}] | 400 | subpath must be a relative path",
                "'Mounts':[{'Type':'volume','Source':'v','Target':'/x','VolumeOptions':{'DriverConfig':{'Name':'d'}}}] | 400 | plugin 'd' not found",
                "'Mounts':[{'Type':'bind','Source':'/tmp','Target':'/x','BindOptions':{'ReadOnlyForceRecursive':true}}] | 400 | mount options conflict: !ReadOnly",
                "'Mounts':[{'Type':'tmpfs','Target':'/x','TmpfsOptions':{'SizeBytes':-1}}] | 400 | SizeBytes must not be negative",
                "'VolumeDriver':'d','Binds':['v:/x'] | 400 | plugin 'd' not found",
                "'VolumesFrom':['nobody'] | 400 | No such container: nobody",
                "'VolumesFrom':['nobody:zz'] | 400 | invalid mode: zz",
            })
    void whatCannotBeIsSaid(String fields, int status, String message) throws IOException {
        engine.assertRefused("'HostConfig':{" + fields + "}", status, message);
    }

    @Test
    void versionsOfTheApi() throws IOException {
        String force = "'HostConfig':{'Mounts':[{'Type':'bind','Source':'/tmp','Target':'/x','ReadOnly':true,"
                + "'BindOptions':{'ReadOnlyForceRecursive':true}}]}";
        assertThat(engine.create("/v1.43", force, "true").body())
                .contains("BindOptions.ReadOnlyForceRecursive needs API v1.44 or newer");
        String part = "'HostConfig':{'Mounts':[{'Type':'volume','Source':'v','Target':'/x',"
                + "'VolumeOptions':{'Subpath':'a'}}]}";
        assertThat(engine.create("/v1.44", part, "true").body())
                .contains("VolumeOptions.Subpath needs API v1.45 or newer");
        String image = "'HostConfig':{'Mounts':[{'Type':'image','Source':'" + TestEngine.IMAGE + "','Target':'/x'}]}";
        assertThat(engine.create("/v1.47", image, "true").body()).contains("mount type unknown");
    }
}
