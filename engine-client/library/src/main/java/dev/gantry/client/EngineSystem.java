package dev.gantry.client;

import dev.gantry.api.SystemInfo;
import dev.gantry.api.SystemVersion;
import dev.gantry.client.transport.EngineRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The engine itself. */
public final class EngineSystem {

    private static final int NANO_DIGITS = 9;

    private final Calls calls;

    EngineSystem(Calls calls) {
        this.calls = calls;
    }

    public SystemInfo info() {
        return calls.read(EngineRequest.get("/info"), SystemInfo.class);
    }

    public SystemVersion version() {
        return calls.read(EngineRequest.get("/version"), SystemVersion.class);
    }

    /** Returns when the engine answers. */
    public void ping() {
        calls.send(EngineRequest.get("/_ping").unversioned());
    }

    /**
     * Opens the stream of events. The engine has subscribed when this returns. The caller closes.
     *
     * @param since replays what happened from then on; null for new events only
     * @param until ends there; null for never
     */
    public EventStream events(Filters filters, @Nullable Instant since, @Nullable Instant until) {
        return new EventStream(calls.open(EngineRequest.get("/events")
                .query("filters", filters.encode())
                .query("since", text(since))
                .query("until", text(until))));
    }

    private static String text(@Nullable Instant time) {
        if (time == null) {
            return "";
        }
        String nanos = Integer.toString(time.getNano());
        return time.getEpochSecond() + "." + "0".repeat(NANO_DIGITS - nanos.length()) + nanos;
    }
}
