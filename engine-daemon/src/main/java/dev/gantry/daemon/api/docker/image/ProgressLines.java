package dev.gantry.daemon.api.docker.image;

import dev.gantry.api.ProgressDetail;
import dev.gantry.api.ProgressMessage;
import dev.gantry.daemon.service.image.ImageProgress;
import dev.gantry.daemon.service.image.ImageProgress.Step;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Docker's words for progress. compat: docker-java takes a pull for done when its last line holds one of these texts.
 */
final class ProgressLines {

    private static final int BAR_WIDTH = 50;
    private static final int SHORT_ID = 12;
    private static final int COUNT_WIDTH = 8;
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB");
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private ProgressLines() {}

    static ProgressMessage of(ImageProgress event) {
        if (event instanceof ImageProgress.Layer layer) {
            return layer(layer);
        }
        if (event instanceof ImageProgress.Pulling pulling) {
            return new ProgressMessage(
                    "", "Pulling from " + pulling.repository(), null, "", pulling.what(), null, "", null);
        }
        if (event instanceof ImageProgress.Resolved resolved) {
            return status("Digest: " + resolved.digest());
        }
        if (event instanceof ImageProgress.Pulled pulled) {
            return status(
                    pulled.outcome() == ImageProgress.Outcome.DOWNLOADED
                            ? "Status: Downloaded newer image for " + pulled.name()
                            : "Status: Image is up to date for " + pulled.name());
        }
        if (event instanceof ImageProgress.LoadedName loaded) {
            return stream("Loaded image: " + loaded.name() + "\n");
        }
        if (event instanceof ImageProgress.LoadedId loaded) {
            return stream("Loaded image ID: " + loaded.image() + "\n");
        }
        throw new IllegalArgumentException("Unknown progress: " + event);
    }

    static ProgressMessage status(String text) {
        return new ProgressMessage("", text, null, "", "", null, "", null);
    }

    private static ProgressMessage stream(String text) {
        return new ProgressMessage(text, "", null, "", "", null, "", null);
    }

    private static ProgressMessage layer(ImageProgress.Layer layer) {
        String id = layer.layer().hex().substring(0, SHORT_ID);
        ProgressDetail detail = new ProgressDetail(layer.current(), layer.total(), 0, false, "");
        String bar = layer.current() > 0 ? bar(layer.current(), layer.total()) : "";
        return new ProgressMessage("", words(layer.step()), detail, bar, id, null, "", null);
    }

    private static String words(Step step) {
        return switch (step) {
            case ALREADY_EXISTS -> "Already exists";
            case PULLING -> "Pulling fs layer";
            case WAITING -> "Waiting";
            case DOWNLOADING -> "Downloading";
            case VERIFYING -> "Verifying Checksum";
            case DOWNLOADED -> "Download complete";
            case EXTRACTING -> "Extracting";
            case PULLED -> "Pull complete";
            case LOADING -> "Loading layer";
        };
    }

    static String bar(long current, long total) {
        String counts = padded(size(current));
        if (total <= 0 || current > total) {
            return counts;
        }
        int done = (int) (current * 100.0 / total) / 2;
        return "[" + "=".repeat(done) + ">" + " ".repeat(BAR_WIDTH - done) + "] " + counts + "/" + size(total);
    }

    private static String padded(String text) {
        return " ".repeat(Math.max(0, COUNT_WIDTH - text.length())) + text;
    }

    /** Bytes with four digits, in powers of a thousand. */
    static String size(long bytes) {
        BigDecimal value = BigDecimal.valueOf(bytes);
        int unit = 0;
        while (value.compareTo(THOUSAND) >= 0 && unit < UNITS.size() - 1) {
            value = value.divide(THOUSAND);
            unit++;
        }
        BigDecimal rounded = value.round(FOUR_DIGITS);
        return (rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString()) + UNITS.get(unit);
    }
}
