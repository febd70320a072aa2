package dev.gantry.client;

import static dev.gantry.client.transport.EngineRequest.segment;

import dev.gantry.api.ContainerChange;
import dev.gantry.api.ContainerCreateRequest;
import dev.gantry.api.ContainerCreateResponse;
import dev.gantry.api.ContainerInspect;
import dev.gantry.api.ContainerPruneResponse;
import dev.gantry.api.ContainerStats;
import dev.gantry.api.ContainerSummary;
import dev.gantry.api.ContainerTop;
import dev.gantry.api.ContainerUpdateResponse;
import dev.gantry.api.HostConfig;
import dev.gantry.api.IdResponse;
import dev.gantry.client.transport.EngineRequest;
import dev.gantry.client.transport.EngineResponse;
import dev.gantry.client.transport.HijackedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The containers of an engine. A container is named by its id, a unique beginning of it, or its name. */
public final class Containers {

    private static final String TAR = "application/x-tar";

    private final Calls calls;

    Containers(Calls calls) {
        this.calls = calls;
    }

    /** Lists the running containers, newest first. */
    public List<ContainerSummary> running(Filters filters) {
        return calls.list(
                EngineRequest.get("/containers/json").query("filters", filters.encode()), ContainerSummary[].class);
    }

    /** Lists all containers, newest first. */
    public List<ContainerSummary> all(Filters filters) {
        return calls.list(
                EngineRequest.get("/containers/json").query("all", true).query("filters", filters.encode()),
                ContainerSummary[].class);
    }

    public ContainerInspect inspect(String container) {
        return calls.read(EngineRequest.get(path(container, "/json")), ContainerInspect.class);
    }

    /**
     * Makes a container; a missing image is an error with status 404.
     *
     * @param name empty for one the engine thinks up
     * @param platform {@code os/arch[/variant]}, or empty
     */
    public ContainerCreateResponse create(ContainerCreateRequest request, String name, String platform) {
        EngineRequest post =
                EngineRequest.post("/containers/create").query("name", name).query("platform", platform);
        return calls.read(calls.json(post, request), ContainerCreateResponse.class);
    }

    /** Starts a container; returns false when it runs already. */
    public boolean start(String container) {
        return calls.sendUnlimited(EngineRequest.post(path(container, "/start"))) != 304;
    }

    /** Stops a container: its stop signal, then after the grace SIGKILL. Returns false when it did not run. */
    public boolean stop(String container, Duration grace) {
        return calls.sendUnlimited(
                        EngineRequest.post(path(container, "/stop")).query("t", Long.toString(grace.toSeconds())))
                != 304;
    }

    public void restart(String container, Duration grace) {
        calls.sendUnlimited(
                EngineRequest.post(path(container, "/restart")).query("t", Long.toString(grace.toSeconds())));
    }

    /** Sends a signal, {@code TERM}, {@code SIGTERM} or {@code 15}. */
    public void kill(String container, String signal) {
        calls.send(EngineRequest.post(path(container, "/kill")).query("signal", signal));
    }

    public void rename(String container, String name) {
        calls.send(EngineRequest.post(path(container, "/rename")).query("name", name));
    }

    /** Stops all processes where they are. */
    public void pause(String container) {
        calls.send(EngineRequest.post(path(container, "/pause")));
    }

    /** Lets the processes of a paused container go on. */
    public void unpause(String container) {
        calls.send(EngineRequest.post(path(container, "/unpause")));
    }

    /**
     * Changes what a container may take from the host, at once where it runs.
     *
     * @param changes its resources and its restart policy; what is absent stays as it is
     * @return warnings
     */
    public List<String> update(String container, HostConfig changes) {
        return calls.read(
                        calls.json(EngineRequest.post(path(container, "/update")), changes),
                        ContainerUpdateResponse.class)
                .warnings();
    }

    /** The processes, as the engine's host sees them. */
    public ContainerTop top(String container, String psOptions) {
        return calls.read(EngineRequest.get(path(container, "/top")).query("ps_args", psOptions), ContainerTop.class);
    }

    /** What a container uses, with a sample of a second before, which the call takes where nobody else watches. */
    public ContainerStats stats(String container) {
        return calls.read(EngineRequest.get(path(container, "/stats")).query("stream", "0"), ContainerStats.class);
    }

    /** Reads a sample every second until the container is removed; the reader may end it by an exception. */
    public void stats(String container, Consumer<? super ContainerStats> reader) {
        calls.lines(EngineRequest.get(path(container, "/stats")), ContainerStats.class, reader);
    }

    /** What a container changed on its file system. */
    public List<ContainerChange> changes(String container) {
        return calls.list(EngineRequest.get(path(container, "/changes")), ContainerChange[].class);
    }

    /** Opens a tar of the whole file system without volumes. The caller closes. */
    public EngineResponse export(String container) {
        return calls.open(EngineRequest.get(path(container, "/export")));
    }

    /**
     * Makes an image of a container, which is paused meanwhile.
     *
     * @param reference of the image, with a tag or without; empty for none
     * @return the image's id
     */
    public String commit(String container, String reference) {
        return calls.readUnlimited(
                        EngineRequest.post("/commit")
                                .query("container", container)
                                .query("repo", reference),
                        IdResponse.class)
                .id();
    }

    /** Removes all containers that do not run and that the filters, until and label, choose. */
    public ContainerPruneResponse prune(Filters filters) {
        return calls.readUnlimited(
                EngineRequest.post("/containers/prune").query("filters", filters.encode()),
                ContainerPruneResponse.class);
    }

    /** Removes a stopped container and its anonymous volumes. */
    public void remove(String container) {
        calls.sendUnlimited(EngineRequest.of("DELETE", path(container, "")).query("v", true));
    }

    /** Kills a container if need be, then removes it and its anonymous volumes. */
    public void forceRemove(String container) {
        calls.sendUnlimited(
                EngineRequest.of("DELETE", path(container, "")).query("v", true).query("force", true));
    }

    /** Registers a wait; when this returns the engine knows of it, so that no exit is missed. */
    public ContainerWait waitFor(String container, WaitCondition condition) {
        return new ContainerWait(
                calls.open(EngineRequest.post(path(container, "/wait")).query("condition", condition.text())));
    }

    /** Connects to the streams of a container; output is framed unless it has a terminal. The caller closes. */
    public HijackedStream attach(String container) {
        return calls.hijack(EngineRequest.post(path(container, "/attach"))
                .query("stream", true)
                .query("stdin", true)
                .query("stdout", true)
                .query("stderr", true));
    }

    /** Sets the size of the terminal, in characters. */
    public void resize(String container, int height, int width) {
        calls.send(EngineRequest.post(path(container, "/resize"))
                .query("h", Integer.toString(height))
                .query("w", Integer.toString(width)));
    }

    /** Opens the output of a container; framed unless it has a terminal. The caller closes. */
    public EngineResponse logs(String container, LogQuery query) {
        return calls.open(EngineRequest.get(path(container, "/logs"))
                .query("stdout", true)
                .query("stderr", true)
                .query("follow", query.follow())
                .query("timestamps", query.timestamps())
                .query("tail", query.tail())
                .query("since", query.since())
                .query("until", query.until()));
    }

    /** Copies the output of a container without a terminal. */
    public void logs(String container, LogQuery query, OutputStream out, OutputStream err) {
        try (EngineResponse answer = logs(container, query)) {
            OutputFrames.copy(answer.body(), out, err);
        } catch (IOException e) {
            throw new EngineClientException("Tried to read the output of " + container + ": " + e.getMessage(), e);
        }
    }

    /** Opens a tar of a path in a container. The caller closes. */
    public EngineResponse copyOut(String container, String path) {
        return calls.open(EngineRequest.get(path(container, "/archive")).query("path", path));
    }

    /** Unpacks a tar, compressed or not, in a directory of a container. The caller closes the stream. */
    public void copyIn(String container, String directory, InputStream tar) {
        calls.sendUnlimited(EngineRequest.of("PUT", path(container, "/archive"))
                .query("path", directory)
                .query("noOverwriteDirNonDir", "true")
                .body(tar, TAR));
    }

    private static String path(String container, String rest) {
        return "/containers/" + segment(container) + rest;
    }
}
