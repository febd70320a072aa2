package dev.gantry.registry;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An answer whose body is still to be read. Whoever holds it closes it.
 *
 * @param uri who answered
 * @param status of HTTP
 * @param headers as they came
 * @param body as it comes
 */
record Response(URI uri, int status, HttpHeaders headers, ResponseBody body) implements AutoCloseable {

    static final int OK = 200;
    static final int PARTIAL = 206;
    static final int UNAUTHORIZED = 401;
    static final int RANGE_NOT_SATISFIABLE = 416;

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The media type without its parameters; empty where there is none or one that says nothing. */
    Optional<String> mediaType() {
        return header("Content-Type")
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty());
    }

    OptionalLong length() {
        try {
            return headers.firstValueAsLong("Content-Length");
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    boolean isSuccess() {
        return status / 100 == 2;
    }

    boolean isRedirect() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> header("Location").isPresent();
            default -> false;
        };
    }

    @Override
    public void close() {
        body.close();
    }
}
