package dev.gantry.cli;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.cli.option.Option;
import dev.gantry.cli.option.Parameters;
import dev.gantry.client.json.Json;
import dev.gantry.client.transport.EngineRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verbs that take containers and change their state. */
final class LifecycleVerbs {

    private LifecycleVerbs() {}

    /** A verb for one container or more that prints the name of each when it is done. */
    abstract static class Each extends Verb {

        @Parameters(paramLabel = "CONTAINER")
        List<String> containers = List.of();

        abstract EngineRequest request(String path);

        @Override
        int run(Cli cli) {
            return cli.forEach(containers, container -> {
                cli.engine().status(request("/containers/" + segment(container)));
                cli.out().print(container + "\n");
                cli.out().flush();
            });
        }
    }

    /** Stops containers. */
    static final class Stop extends Each {

        @Option(
                names = {"-t", "--timeout", "--time"},
                description = "Seconds to wait before killing the container")
        @Nullable
        Integer timeout;

        @Option(
                names = {"-s", "--signal"},
                description = "Signal to send to the container")
        String signal = "";

        @Override
        EngineRequest request(String path) {
            return EngineRequest.post(path + "/stop")
                    .query("signal", signal)
                    .query("t", timeout == null ? "" : timeout.toString());
        }
    }

    /** Restarts containers. */
    static final class Restart extends Each {

        @Option(
                names = {"-t", "--timeout", "--time"},
                description = "Seconds to wait before killing the container")
        @Nullable
        Integer timeout;

        @Option(
                names = {"-s", "--signal"},
                description = "Signal to send to the container")
        String signal = "";

        @Override
        EngineRequest request(String path) {
            return EngineRequest.post(path + "/restart")
                    .query("signal", signal)
                    .query("t", timeout == null ? "" : timeout.toString());
        }
    }

    /** Sends a signal. */
    static final class Kill extends Each {

        @Option(
                names = {"-s", "--signal"},
                description = "Signal to send to the container")
        String signal = "";

        @Override
        EngineRequest request(String path) {
            return EngineRequest.post(path + "/kill").query("signal", signal);
        }
    }

    /** Stops processes where they are. */
    static final class Pause extends Each {

        @Override
        EngineRequest request(String path) {
            return EngineRequest.post(path + "/pause");
        }
    }

    /** Lets paused processes go on. */
    static final class Unpause extends Each {

        @Override
        EngineRequest request(String path) {
            return EngineRequest.post(path + "/unpause");
        }
    }

    /** Removes containers. */
    static final class Remove extends Each {

        @Option(
                names = {"-f", "--force"},
                description = "Force the removal of a running container (uses SIGKILL)")
        boolean force;

        @Option(
                names = {"-v", "--volumes"},
                description = "Remove anonymous volumes associated with the container")
        boolean volumes;

        @Override
        EngineRequest request(String path) {
            return EngineRequest.of("DELETE", path).query("force", force).query("v", volumes);
        }
    }

    /** Gives a container another name. */
    static final class Rename extends Verb {

        @Parameters(index = 0, paramLabel = "CONTAINER")
        String container = "";

        @Parameters(index = 1, paramLabel = "NEW_NAME")
        String name = "";

        @Override
        int run(Cli cli) {
            cli.engine()
                    .status(EngineRequest.post("/containers/" + segment(container) + "/rename")
                            .query("name", name));
            return 0;
        }
    }

    /** Waits for containers and prints their exit statuses. */
    static final class Wait extends Verb {

        @Parameters(paramLabel = "CONTAINER")
        List<String> containers = List.of();

        @Override
        int run(Cli cli) {
            return cli.forEach(containers, container -> {
                Json end = cli.engine().json(EngineRequest.post("/containers/" + segment(container) + "/wait"));
                cli.out().print(end.get("StatusCode").text() + "\n");
                cli.out().flush();
            });
        }
    }
}
