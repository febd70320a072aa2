package dev.gantry.registry;

import dev.gantry.registry.RegistryException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens a blob at an offset, from the server whose turn it is. For one thread. */
final class BlobSource {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
    private static final int SKIP = 64 * 1024;

    private final RegistryCaller caller;
    private final List<Target> targets;
    private final ImageReference repository;
    private final Descriptor descriptor;
    private int turn;
    private boolean withoutRange;

    BlobSource(RegistryCaller caller, List<Target> targets, ImageReference repository, Descriptor descriptor) {
        this.caller = caller;
        this.targets = targets;
        this.repository = repository;
        this.descriptor = descriptor;
    }

    String action() {
        return "pull " + descriptor.digest() + " of " + repository.familiarName();
    }

    Origin origin() {
        return targets.get(turn).endpoint().origin();
    }

    Backoff backoff() {
        return caller.retries().start();
    }

    /** Turns to the next server; false where there is none. */
    boolean turnToNext() {
        if (turn + 1 >= targets.size()) {
            return false;
        }
        turn++;
        withoutRange = false;
        return true;
    }

    /** Opens once. The first byte of the body is the one at the offset. */
    ResponseBody open(long offset) throws IOException {
        boolean ranged = offset > 0 && !withoutRange;
        Map<String, String> headers = ranged ? Map.of("Range", "bytes=" + offset + "-") : Map.of();
        String path = "/v2/" + repository.repository() + "/blobs/" + descriptor.digest();
        RegistryCall call = RegistryCall.get(action(), path, headers, repository.repository());
        Response response = caller.once(targets.get(turn), call);
        boolean opened = false;
        try {
            switch (response.status()) {
                case Response.PARTIAL -> checkRange(response, offset);
                case Response.RANGE_NOT_SATISFIABLE -> {
                    withoutRange = true;
                    throw new IOException("the server does not serve the rest alone");
                }
                default -> {
                    checkLength(response, descriptor.size());
                    skip(response.body(), offset);
                }
            }
            opened = true;
            return response.body();
        } finally {
            if (!opened) {
                response.close();
            }
        }
    }

    private void checkRange(Response response, long offset) {
        String range = response.header("Content-Range").orElse("");
        Matcher form = CONTENT_RANGE.matcher(range);
        boolean fits = form.matches()
                && Long.parseLong(form.group(1)) == offset
                && Long.parseLong(form.group(2)) == descriptor.size() - 1
                && (form.group(3).equals("*") || Long.parseLong(form.group(3)) == descriptor.size());
        if (!fits) {
            throw invalid("the server sent the range '" + range + "' and not the bytes from " + offset + " to "
                    + descriptor.size());
        }
        checkLength(response, descriptor.size() - offset);
    }

    private void checkLength(Response response, long expected) {
        OptionalLong length = response.length();
        if (length.isPresent() && length.getAsLong() != expected) {
            throw invalid("the server announces " + length.getAsLong() + " bytes where there must be " + expected);
        }
    }

    /** Reads over what is there already, for a server that knows no ranges. */
    private static void skip(ResponseBody body, long count) throws IOException {
        byte[] waste = new byte[(int) Math.min(SKIP, Math.max(count, 1))];
        long left = count;
        while (left > 0) {
            int read = body.read(waste, 0, (int) Math.min(waste.length, left));
            if (read < 0) {
                throw new IOException("the server sent less than before");
            }
            left -= read;
        }
    }

    RegistryException invalid(String reason) {
        return RegistryException.of(Kind.INVALID_CONTENT, action(), reason);
    }
}
