package dev.gantry.daemon.runtime.monitor;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A small OCI specification. */
final class TestSpec {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TestSpec() {}

    static String of(Path rootfs, String cgroup, List<String> args, boolean terminal) {
        ObjectNode spec = JSON.createObjectNode();
        spec.put("ociVersion", "1.0.2");
        spec.putObject("root").put("path", rootfs.toString());
        ObjectNode process = spec.putObject("process");
        process.put("cwd", "/").put("terminal", terminal);
        ArrayNode argv = process.putArray("args");
        args.forEach(argv::add);
        process.putArray("env").add("PATH=/bin").add("TERM=xterm");
        process.putObject("user").put("uid", 0).put("gid", 0);
        ArrayNode mounts = spec.putArray("mounts");
        mount(mounts, "/proc", "proc");
        mount(mounts, "/dev", "tmpfs");
        mount(mounts, "/dev/pts", "devpts")
                .putArray("options")
                .add("newinstance")
                .add("ptmxmode=0666")
                .add("mode=0620");
        ObjectNode linux = spec.putObject("linux");
        linux.put("cgroupsPath", cgroup);
        ArrayNode namespaces = linux.putArray("namespaces");
        for (String type : List.of("pid", "mount", "ipc", "uts", "network")) {
            namespaces.addObject().put("type", type);
        }
        return spec.toString();
    }

    private static ObjectNode mount(ArrayNode mounts, String destination, String type) {
        return mounts.addObject()
                .put("destination", destination)
                .put("type", type)
                .put("source", type);
    }
}
