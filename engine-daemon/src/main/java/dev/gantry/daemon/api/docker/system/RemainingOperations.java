package dev.gantry.daemon.api.docker.system;

import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.type.EngineException;
import java.util.List;

/**
 * The operations of API 1.51 that nobody else has registered: 501, by name. To be added to the router last, so that
 * whatever is there answers.
 */
public final class RemainingOperations implements Endpoints {

    private static final String OPERATIONS = """
            CheckpointList               GET    /containers/{id}/checkpoints
            CheckpointCreate             POST   /containers/{id}/checkpoints
            CheckpointDelete             DELETE /containers/{id}/checkpoints/{checkpoint}
            ImageList                    GET    /images/json
            ImageBuild                   POST   /build
            BuildPrune                   POST   /build/prune
            ImageCreate                  POST   /images/create
            ImageInspect                 GET    /images/{name:.*}/json
            ImageHistory                 GET    /images/{name:.*}/history
            ImagePush                    POST   /images/{name:.*}/push
            ImageTag                     POST   /images/{name:.*}/tag
            ImageDelete                  DELETE /images/{name:.*}
            ImageSearch                  GET    /images/search
            ImagePrune                   POST   /images/prune
            ImageCommit                  POST   /commit
            SystemDataUsage              GET    /system/df
            ImageGet                     GET    /images/{name:.*}/get
            ImageGetAll                  GET    /images/get
            ImageLoad                    POST   /images/load
            ContainerExec                POST   /containers/{id}/exec
            ExecStart                    POST   /exec/{id}/start
            ExecResize                   POST   /exec/{id}/resize
            ExecInspect                  GET    /exec/{id}/json
            VolumeList                   GET    /volumes
            VolumeCreate                 POST   /volumes/create
            VolumeInspect                GET    /volumes/{name:.*}
            VolumeUpdate                 PUT    /volumes/{name:.*}
            VolumeDelete                 DELETE /volumes/{name:.*}
            VolumePrune                  POST   /volumes/prune
            NetworkList                  GET    /networks
            NetworkInspect               GET    /networks/{id}
            NetworkDelete                DELETE /networks/{id}
            NetworkCreate                POST   /networks/create
            NetworkConnect               POST   /networks/{id}/connect
            NetworkDisconnect            POST   /networks/{id}/disconnect
            NetworkPrune                 POST   /networks/prune
            GetPluginPrivileges          GET    /plugins/privileges
            PluginPull                   POST   /plugins/pull
            PluginDelete                 DELETE /plugins/{name:.*}
            PluginEnable                 POST   /plugins/{name:.*}/enable
            PluginDisable                POST   /plugins/{name:.*}/disable
            PluginUpgrade                POST   /plugins/{name:.*}/upgrade
            PluginCreate                 POST   /plugins/create
            PluginPush                   POST   /plugins/{name:.*}/push
            PluginSet                    POST   /plugins/{name:.*}/set
            DistributionInspect          GET    /distribution/{name:.*}/json
            Session                      POST   /session
            Grpc                         POST   /grpc
            """;

    @Override
    public void register(Router router) {
        if (!router.has("GET", "/plugins")) {
            router.get("/plugins", exchange -> exchange.json(200, List.of()));
            // compat: the docker CLI's inspect asks for all kinds of objects and goes on only at "not found"
            router.get("/plugins/{name:.*}/json", exchange -> {
                throw EngineException.notFound("plugin \"" + exchange.variable("name") + "\" not found");
            });
        }
        OPERATIONS.lines().map(line -> line.trim().split(" +")).forEach(row -> refuse(router, row[0], row[1], row[2]));
    }

    private static void refuse(Router router, String operation, String method, String pattern) {
        if (!router.has(method, pattern)) {
            router.route(method, pattern, exchange -> {
                throw EngineException.notImplemented(operation + " is not implemented yet");
            });
        }
    }
}
