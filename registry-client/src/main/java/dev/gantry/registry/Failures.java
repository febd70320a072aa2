package dev.gantry.registry;

import dev.gantry.registry.RegistryException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Turns what went wrong into the one exception of this library. */
final class Failures {

    private static final int ERROR_LIMIT = 64 * 1024;
    private static final int TEXT_LIMIT = 500;

    private Failures() {}

    /** Reads an answer that is no success, and closes it. */
    static RegistryException answered(String action, Response response, Deadlines deadlines) {
        try (response) {
            List<RegistryError> errors = errors(response, deadlines);
            Kind kind = kind(response.status(), errors);
            String reason = Origin.of(response.uri()) + " answered " + response.status()
                    + (errors.isEmpty() ? "" : " (" + String.join("; ", texts(errors)) + ")");
            return RegistryException.answered(
                    kind,
                    action,
                    reason,
                    response.status(),
                    errors,
                    retryAfter(response).orElse(null));
        }
    }

    /** Wraps what happened to a connection. */
    static RegistryException broken(String action, Origin peer, IOException cause) {
        if (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException)) {
            return RegistryException.of(Kind.CANCELLED, action, text(cause, "it was interrupted"), cause);
        }
        if (cause instanceof ResponseBody.OversizeException) {
            return RegistryException.of(Kind.INVALID_CONTENT, action, text(cause, ""), cause);
        }
        if (cause instanceof SSLException) {
            return RegistryException.of(
                    Kind.UNSAFE, action, "no trusted connection to " + peer + " came about: " + text(cause, ""), cause);
        }
        return RegistryException.of(Kind.UNAVAILABLE, action, reason(peer, cause), cause);
    }

    private static String reason(Origin peer, IOException cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return peer + " does not take the connection in time";
        }
        if (cause instanceof HttpTimeoutException) {
            return peer + " does not answer in time";
        }
        if (cause instanceof ConnectException) {
            boolean unknown = cause.getCause() instanceof UnresolvedAddressException;
            return unknown ? "the host " + peer.host() + " is not known" : peer + " does not take connections";
        }
        return "the connection to " + peer + " broke: "
                + text(cause, cause.getClass().getSimpleName());
    }

    private static String text(Throwable cause, String otherwise) {
        String message = cause.getMessage();
        return message == null ? otherwise : message;
    }

    private static List<String> texts(List<RegistryError> errors) {
        return errors.stream().limit(3).map(RegistryError::toString).toList();
    }

    private static Kind kind(int status, List<RegistryError> errors) {
        return switch (status) {
            case 401 -> Kind.UNAUTHORIZED;
            case 403 -> Kind.DENIED;
            case 404 -> Kind.NOT_FOUND;
            case 429 -> Kind.RATE_LIMITED;
            case 408, 500, 502, 503, 504 -> Kind.UNAVAILABLE;
            default ->
                errors.stream().anyMatch(error -> error.code().equals("TOOMANYREQUESTS"))
                        ? Kind.RATE_LIMITED
                        : Kind.REFUSED;
        };
    }

    private static List<RegistryError> errors(Response response, Deadlines deadlines) {
        try {
            JsonNode root = Json.object(response.body().readDocument(ERROR_LIMIT, deadlines.document()));
            if (Json.has(root, "errors")) {
                return Json.list(root, "errors", Failures::error);
            }
            // Token servers answer in forms of their own.
            return Json.text(root, "details")
                    .or(() -> Json.text(root, "error_description"))
                    .or(() -> Json.text(root, "error"))
                    .or(() -> Json.text(root, "message"))
                    .map(message -> List.of(new RegistryError("", printable(message), "")))
                    .orElse(List.of());
        } catch (IllegalArgumentException | IOException e) {
            // Pages for people, or an answer that broke off: the status alone must do.
            return List.of();
        }
    }

    private static RegistryError error(JsonNode node) {
        String detail = Json.has(node, "detail") ? node.path("detail").toString() : "";
        return new RegistryError(
                printable(Json.text(node, "code").orElse("")),
                printable(Json.text(node, "message").orElse("")),
                printable(detail));
    }

    /** Keeps a stranger's text from moving the cursor of whoever reads it, or from filling the log. */
    private static String printable(String text) {
        String cut = text.length() > TEXT_LIMIT ? text.substring(0, TEXT_LIMIT) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", " ");
    }

    private static Optional<Duration> retryAfter(Response response) {
        return response.header("Retry-After").map(String::strip).map(Failures::delay);
    }

    private static @Nullable Duration delay(String value) {
        if (value.length() <= 9 && !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant when = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration delay = Duration.between(Instant.now(), when);
            return delay.isNegative() ? Duration.ZERO : delay;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
