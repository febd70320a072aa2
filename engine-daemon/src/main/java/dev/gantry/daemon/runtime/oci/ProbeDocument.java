package dev.gantry.daemon.runtime.oci;

import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The smallest specification that makes a runtime go all the way to the program, which does not exist. */
final class ProbeDocument {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ProbeDocument() {}

    static String of(String name, Path rootfs, boolean systemdCgroup) {
        ObjectNode spec = JSON.createObjectNode();
        spec.put("ociVersion", "1.0.2");
        spec.putObject("root").put("path", rootfs.toString());
        ObjectNode process = spec.putObject("process");
        process.put("cwd", "/");
        process.putArray("args").add("/" + name);
        process.putArray("env").add("PATH=/");
        process.putObject("user").put("uid", 0).put("gid", 0);
        ObjectNode proc = spec.putArray("mounts").addObject();
        proc.put("destination", "/proc").put("type", "proc").put("source", "proc");
        ObjectNode linux = spec.putObject("linux");
        linux.put("cgroupsPath", systemdCgroup ? "system.slice:gantry:" + name : "/" + name);
        ArrayNode namespaces = linux.putArray("namespaces");
        for (String type : new String[] {"pid", "mount", "ipc", "uts", "network"}) {
            namespaces.addObject().put("type", type);
        }
        return spec.toString();
    }
}
