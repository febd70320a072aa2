package dev.gantry.daemon.store.layer;

import com.sun.management.OperatingSystemMXBean;
import dev.gantry.daemon.store.content.ContentStore;
import dev.gantry.daemon.store.content.Ingest;
import dev.gantry.registry.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.json.JsonMapper;

/**
 * Times what a pull does with compressed layers, all but the network: store the blob, check both hashes, unpack, publish.
 * Arguments: an empty directory to work in, then the compressed layers. Prints seconds of wall and processor time.
 */
final class UnpackBenchmark {

    private UnpackBenchmark() {}

    private record Source(Path file, Digest digest, long size) {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        Path work = Path.of(arguments[0]);
        List<Source> sources = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            Path file = Path.of(arguments[i]);
            sources.add(new Source(file, hash(file), Files.size(file)));
        }
        ExecutorService workers = Executors.newFixedThreadPool(3);
        for (int round = 0; round < 3; round++) {
            ContentStore content = ContentStore.open(work.resolve("content" + round), Clock.systemUTC());
            LayerStore layers = LayerStore.open(
                    work.resolve("layers" + round),
                    UnpackLimits.DEFAULT,
                    JsonMapper.builder().build(),
                    Runnable::run);
            long wall = System.nanoTime();
            long cpu = processorTime();
            List<Future<?>> running = new ArrayList<>();
            for (Source source : sources) {
                running.add(workers.submit(() -> pull(content, layers, source)));
            }
            for (Future<?> one : running) {
                one.get();
            }
            System.out.printf(
                    "round=%d wall=%.2f cpu=%.2f%n",
                    round, (System.nanoTime() - wall) / 1e9, (processorTime() - cpu) / 1e9);
        }
        workers.shutdown();
    }

    private static Layer pull(ContentStore content, LayerStore layers, Source source) throws IOException {
        try (Ingest ingest = content.ingest(source.digest, OptionalLong.of(source.size));
                LayerUnpack unpack = layers.begin();
                InputStream file = Files.newInputStream(source.file)) {
            Digest diffId = unpack.unpack(ingest.tee(file));
            ingest.commit();
            return unpack.publish(diffId, List.of());
        }
    }

    private static Digest hash(Path file) throws IOException {
        MessageDigest function = Digest.newSha256();
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] buffer = new byte[65_536];
            for (int n = stream.read(buffer); n > 0; n = stream.read(buffer)) {
                function.update(buffer, 0, n);
            }
        }
        return Digest.sha256(function);
    }

    private static long processorTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
