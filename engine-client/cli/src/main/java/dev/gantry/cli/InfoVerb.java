package dev.gantry.cli;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.template.Template;
import dev.gantry.client.json.Json;
import java.io.PrintStream;
import java.util.List;

/** Shows the engine and its host. */
final class InfoVerb extends Verb {

    private static final double GIB = 1024.0 * 1024 * 1024;

    @Option(
            names = {"-f", "--format"},
            description = "Format output using a custom template, or 'json'")
    String format = "";

    @Override
    int run(Cli cli) {
        Json info = cli.get("/info");
        if (!format.isEmpty()) {
            cli.out()
                    .print((format.equals("json")
                                    ? info.toString()
                                    : Template.parse(format).apply(info.raw())) + "\n");
            return 0;
        }
        PrintStream out = cli.out();
        out.print("Client:\n Version:    " + Verbs.version() + "\n\nServer:\n");
        print(out, info, "Containers", "Containers");
        print(out, info, "Running", "ContainersRunning", " ");
        print(out, info, "Paused", "ContainersPaused", " ");
        print(out, info, "Stopped", "ContainersStopped", " ");
        print(out, info, "Images", "Images");
        print(out, info, "Server Version", "ServerVersion");
        print(out, info, "Storage Driver", "Driver");
        for (Json pair : info.get("DriverStatus").items()) {
            out.print("  " + String.join(": ", pair.texts()) + "\n");
        }
        print(out, info, "Logging Driver", "LoggingDriver");
        print(out, info, "Cgroup Driver", "CgroupDriver");
        print(out, info, "Cgroup Version", "CgroupVersion");
        out.print(" Plugins:\n");
        for (String kind : List.of("Volume", "Network", "Log")) {
            out.print("  " + kind + ": "
                    + String.join(" ", info.at("Plugins", kind).texts()) + "\n");
        }
        out.print(" Runtimes: " + String.join(" ", info.get("Runtimes").fields().keySet()) + "\n");
        print(out, info, "Default Runtime", "DefaultRuntime");
        print(out, info, "Init Binary", "InitBinary");
        out.print(" Security Options:\n");
        info.get("SecurityOptions").texts().forEach(option -> out.print("  " + option + "\n"));
        print(out, info, "Kernel Version", "KernelVersion");
        print(out, info, "Operating System", "OperatingSystem");
        print(out, info, "OSType", "OSType");
        print(out, info, "Architecture", "Architecture");
        print(out, info, "CPUs", "NCPU");
        out.printf(" Total Memory: %.4gGiB%n", info.get("MemTotal").number() / GIB);
        print(out, info, "Name", "Name");
        print(out, info, "ID", "ID");
        print(out, info, "Docker Root Dir", "DockerRootDir");
        print(out, info, "Debug Mode", "Debug");
        print(out, info, "Experimental", "ExperimentalBuild");
        out.print(" Insecure Registries:\n");
        info.at("RegistryConfig", "InsecureRegistryCIDRs").texts().forEach(range -> out.print("  " + range + "\n"));
        print(out, info, "Live Restore Enabled", "LiveRestoreEnabled");
        cli.out().flush();
        info.get("Warnings").texts().forEach(warning -> cli.err().println(warning));
        return 0;
    }

    private static void print(PrintStream out, Json info, String title, String name) {
        print(out, info, title, name, "");
    }

    private static void print(PrintStream out, Json info, String title, String name, String indent) {
        String value = info.get(name).text();
        if (!value.isEmpty()) {
            out.print(indent + " " + title + ": " + value + "\n");
        }
    }
}
