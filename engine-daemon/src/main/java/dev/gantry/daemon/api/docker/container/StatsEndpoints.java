package dev.gantry.daemon.api.docker.container;

import dev.gantry.api.ContainerStats;
import dev.gantry.daemon.api.wire.ChunkedStream;
import dev.gantry.daemon.api.wire.Endpoints;
import dev.gantry.daemon.api.wire.Exchange;
import dev.gantry.daemon.api.wire.Query;
import dev.gantry.daemon.api.wire.Router;
import dev.gantry.daemon.service.container.ContainerRecord;
import dev.gantry.daemon.service.statistics.Sample;
import dev.gantry.daemon.service.statistics.StatisticsService;
import dev.gantry.daemon.service.statistics.StatisticsService.Observation;
import dev.gantry.daemon.type.EngineException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The operation that tells what a container uses, once or every second. */
final class StatsEndpoints implements Endpoints {

    private final StatisticsService statistics;
    private final StatsViews views;

    StatsEndpoints(StatisticsService statistics, StatsViews views) {
        this.statistics = statistics;
        this.views = views;
    }

    @Override
    public void register(Router router) {
        router.get("/containers/{id}/stats", this::stats);
    }

    private void stats(Exchange exchange) throws IOException, InterruptedException {
        Query query = exchange.query();
        boolean stream = query.flag("stream", true);
        boolean oneShot = query.flag("one-shot");
        if (stream && oneShot) {
            // compat: docker's text
            throw EngineException.invalid("cannot have stream=true and one-shot=true");
        }
        try (Observation observation = statistics.observe(exchange.variable("id"))) {
            if (stream) {
                follow(exchange, observation);
            } else if (oneShot) {
                exchange.json(200, view(observation, observation.sample(), Optional.empty()));
            } else {
                exchange.json(200, twoSamples(observation));
            }
        }
    }

    /** A use per time needs two samples. */
    private ContainerStats twoSamples(Observation observation) throws InterruptedException {
        Optional<Sample> first = observation.sample();
        if (first.isEmpty()) {
            return view(observation, first, first);
        }
        TimeUnit.NANOSECONDS.sleep(StatisticsService.INTERVAL.toNanos());
        return view(observation, observation.sample(), first);
    }

    private void follow(Exchange exchange, Observation observation) throws IOException, InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        try (ChunkedStream stream = exchange.stream("application/json")) {
            stream.onClientGone(gone::countDown);
            Optional<Sample> before = Optional.empty();
            long next = System.nanoTime();
            do {
                Optional<Sample> sample = observation.sample();
                stream.json(view(observation, sample, before));
                before = sample;
                next = Math.max(next + StatisticsService.INTERVAL.toNanos(), System.nanoTime());
            } while (!gone.await(next - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.NOT_FOUND) {
                throw e;
            }
            // removed: that is the end of the stream
        }
    }

    private ContainerStats view(Observation observation, Optional<Sample> sample, Optional<Sample> before) {
        return view(observation.container(), sample, before);
    }

    private ContainerStats view(ContainerRecord record, Optional<Sample> sample, Optional<Sample> before) {
        return sample.map(s -> views.view(record, s, before))
                .orElseGet(() -> ContainerStats.ofStopped(
                        "/" + record.name(), record.id().value()));
    }
}
