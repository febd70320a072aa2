package dev.gantry.daemon.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.daemon.runtime.spec.SeccompRule.Argument;
import dev.gantry.daemon.runtime.spec.SeccompRule.KernelVersion;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SeccompProfileTests {

    private static final SeccompProfile.Host PC = new SeccompProfile.Host("amd64", new KernelVersion(6, 1));

    /** Where Debian's golang-github-docker-docker-dev has moby's profile; a property names another copy. */
    private static final Path MOBYS = Path.of(System.getProperty(
            "moby.seccomp", "/usr/share/gocode/src/github.com/docker/docker/profiles/seccomp/default.json"));

    /** What moby took up between 26.1, the newest Debian has, and the profile ours equals. */
    private static final Set<String> NEW_SINCE_26 = Set.of(
            "getxattrat",
            "listmount",
            "listxattrat",
            "lsm_get_self_attr",
            "lsm_list_modules",
            "lsm_set_self_attr",
            "mseal",
            "removexattrat",
            "riscv_hwprobe",
            "setxattrat",
            "statmount",
            "uretprobe");

    @Test
    void dangerousCallsAreNotAllowedByDefault() {
        JsonNode filter = resolve(Capabilities.DEFAULT, PC);

        for (String call : List.of(
                "io_uring_setup",
                "io_uring_enter",
                "keyctl",
                "add_key",
                "request_key",
                "bpf",
                "mount",
                "unshare",
                "setns",
                "kexec_load",
                "open_by_handle_at",
                "userfaultfd",
                "syslog",
                "perf_event_open",
                "reboot")) {
            assertThat(actionsOf(filter, call)).as(call).isEmpty();
        }
        assertThat(filter.path("defaultAction").asString()).isEqualTo("SCMP_ACT_ERRNO");
        assertThat(filter.path("defaultErrnoRet").asInt()).isEqualTo(1);
        assertThat(filter.path("architectures").toString())
                .isEqualTo("[\"SCMP_ARCH_X86_64\",\"SCMP_ARCH_X86\",\"SCMP_ARCH_X32\"]");
    }

    @Test
    void socketsToKernelCryptographyAndToTheHostAreNotAllowed() {
        JsonNode filter = resolve(Capabilities.DEFAULT, PC);
        Set<Long> allowed = new HashSet<>();
        for (JsonNode call : filter.path("syscalls")) {
            if (call.path("names").toString().equals("[\"socket\"]")) {
                JsonNode argument = call.at("/args/0");
                long value = argument.path("value").asLong();
                if (argument.path("op").asString().equals("SCMP_CMP_LT")) {
                    for (long family = 0; family < value; family++) {
                        allowed.add(family);
                    }
                } else {
                    allowed.add(value);
                }
            }
        }

        assertThat(allowed).contains(1L, 2L, 10L, 16L, 17L, 29L, 44L).doesNotContain(38L, 40L, 12L, 46L);
    }

    @Test
    void capabilitiesOpenTheirCalls() {
        Set<String> more = new HashSet<>(Capabilities.DEFAULT);
        more.addAll(Set.of("CAP_SYS_ADMIN", "CAP_SYSLOG"));
        JsonNode filter = resolve(more, PC);

        assertThat(actionsOf(filter, "mount")).containsOnly("SCMP_ACT_ALLOW");
        assertThat(actionsOf(filter, "syslog")).containsOnly("SCMP_ACT_ALLOW");
        assertThat(actionsOf(filter, "clone3")).containsOnly("SCMP_ACT_ALLOW");
        assertThat(actionsOf(filter, "reboot")).isEmpty();
    }

    @Test
    void withoutAdministratorNoNamespacesAndClone3IsUnknown() {
        JsonNode filter = resolve(Capabilities.DEFAULT, PC);

        assertThat(actionsOf(filter, "clone3")).containsOnly("SCMP_ACT_ERRNO");
        JsonNode clone = rulesOf(filter, "clone").get(0);
        assertThat(clone.path("args").toString())
                .isEqualTo("[{\"index\":0,\"value\":2114060288,\"valueTwo\":0,\"op\":\"SCMP_CMP_MASKED_EQ\"}]");
    }

    @Test
    void architectureAndKernelDecide() {
        JsonNode mainframe = resolve(Capabilities.DEFAULT, new SeccompProfile.Host("s390x", new KernelVersion(4, 4)));

        assertThat(rulesOf(mainframe, "clone").get(0).at("/args/0/index").asInt())
                .isEqualTo(1);
        assertThat(actionsOf(mainframe, "ptrace")).isEmpty();
        assertThat(actionsOf(mainframe, "arch_prctl")).isEmpty();
        assertThat(actionsOf(mainframe, "s390_runtime_instr")).containsOnly("SCMP_ACT_ALLOW");
    }

    @Test
    void sameEffectAsMobysProfile() throws IOException {
        assumeTrue(Files.isReadable(MOBYS), "needs moby's seccomp profile at " + MOBYS);
        Set<String> mobys = effects(SeccompProfile.parse(Files.readString(MOBYS)));
        Set<String> ours = effects(SeccompProfile.standard());

        assertThat(mobys).isSubsetOf(ours);
        ours.removeAll(mobys);
        assertThat(ours).allMatch(effect -> NEW_SINCE_26.contains(effect.substring(0, effect.indexOf(' '))));
    }

    @Test
    void profileOfAUserIsResolved() {
        SeccompProfile profile = SeccompProfile.parse("""
                {"defaultAction":"SCMP_ACT_ALLOW","defaultErrnoRet":38,
                 "archMap":[{"architecture":"SCMP_ARCH_X86_64","subArchitectures":["SCMP_ARCH_X86"]},
                            {"architecture":"SCMP_ARCH_AARCH64","subArchitectures":null}],
                 "syscalls":[
                  {"names":["mkdir"],"action":"SCMP_ACT_ERRNO","errnoRet":5,"args":[
                    {"index":1,"value":18446744073709551615,"valueTwo":0,"op":"SCMP_CMP_EQ"}],
                   "comment":"","includes":{},"excludes":{"caps":["CAP_SYS_ADMIN"]}},
                  {"name":"chroot","action":"SCMP_ACT_ERRNO","includes":{"minKernel":"9.9"}}]}""");

        JsonNode filter = JsonMapper.shared().readTree(profile.resolve(Capabilities.DEFAULT, PC));

        assertThat(filter.toString())
                .isEqualTo("{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"defaultErrnoRet\":38,"
                        + "\"architectures\":[\"SCMP_ARCH_X86_64\",\"SCMP_ARCH_X86\"],"
                        + "\"syscalls\":[{\"names\":[\"mkdir\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":5,"
                        + "\"args\":[{\"index\":1,\"value\":18446744073709551615,\"valueTwo\":0,"
                        + "\"op\":\"SCMP_CMP_EQ\"}]}]}");
    }

    @Test
    void brokenProfilesAreInvalid() {
        for (String broken : List.of(
                "",
                "[]",
                "{",
                "{}",
                "{\"defaultAction\":1}",
                "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[1],\"action\":\"x\"}]}",
                "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"a\"]}]}",
                "{\"defaultAction\":\"x\",\"architectures\":[\"a\"],\"archMap\":[{\"architecture\":\"b\"}]}")) {
            assertThatThrownBy(() -> SeccompProfile.parse(broken))
                    .as(broken)
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("Decoding seccomp profile failed: ");
        }
    }

    /** Each call with what must hold for it, in words; address families apart, where ours follows a newer list. */
    private static Set<String> effects(SeccompProfile profile) {
        Set<String> effects = new HashSet<>();
        for (SeccompRule rule : profile.rules()) {
            String tail = " " + rule.action() + rule.errno() + words(rule.condition());
            for (String name : rule.names()) {
                if (name.equals("socket")) {
                    continue;
                }
                effects.add(name + " " + arguments(rule.arguments()) + tail);
            }
        }
        return effects;
    }

    /** Sets have no order of their own. */
    private static String words(SeccompRule.Condition condition) {
        return "" + new TreeSet<>(condition.capabilities()) + new TreeSet<>(condition.withoutCapabilities())
                + new TreeSet<>(condition.architectures()) + new TreeSet<>(condition.withoutArchitectures())
                + condition.minKernel();
    }

    private static String arguments(List<Argument> arguments) {
        return arguments.toString();
    }

    private static JsonNode resolve(Set<String> capabilities, SeccompProfile.Host host) {
        return JsonMapper.shared().readTree(SeccompProfile.standard().resolve(capabilities, host));
    }

    private static List<JsonNode> rulesOf(JsonNode filter, String name) {
        return filter.path("syscalls")
                .valueStream()
                .filter(rule -> rule.path("names")
                        .valueStream()
                        .anyMatch(each -> each.asString().equals(name)))
                .toList();
    }

    private static List<String> actionsOf(JsonNode filter, String name) {
        return rulesOf(filter, name).stream()
                .map(rule -> rule.path("action").asString())
                .toList();
    }
}
