package dev.gantry.daemon.service.health;

import dev.gantry.daemon.service.health.HealthWatch.Outcome;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for a page and judges the status of the answer. What is read is bounded; a redirection is an answer like another
 * and leads nowhere.
 */
final class HttpCheck {

    private static final int MOST_BYTES = 8 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])(?: |\\r?\\n)");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:[ \\t]*([0-9]{1,9})[ \\t]*\\r?$");
    private static final Pattern HEAD_END = Pattern.compile("\\r?\\n\\r?\\n");

    private HttpCheck() {}

    static Outcome run(ProbeConnection connection, Probe.Http probe) throws IOException {
        connection.write(("GET " + probe.path() + " HTTP/1.1\r\nHost: "
                        + probe.address().authority()
                        + "\r\nUser-Agent: gantry-health\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return judge(answer(connection));
    }

    /** The answer, to its end where that is near. Once the status is known, the rest need not come for a verdict. */
    private static String answer(ProbeConnection connection) throws IOException {
        byte[] bytes = new byte[MOST_BYTES];
        int filled = 0;
        try {
            while (filled < bytes.length && !isWhole(text(bytes, filled))) {
                int count = connection.read(bytes, filled, bytes.length - filled);
                if (count < 0) {
                    break;
                }
                filled += count;
            }
        } catch (SocketTimeoutException e) {
            if (!HEAD_END.matcher(text(bytes, filled)).find()) {
                throw e;
            }
        }
        return text(bytes, filled);
    }

    /** Whether nothing is missing that must be waited for: a body whose length is not told ends with the connection. */
    private static boolean isWhole(String text) {
        Matcher end = HEAD_END.matcher(text);
        if (!end.find()) {
            return false;
        }
        Matcher length = LENGTH.matcher(text.substring(0, end.start()));
        return !length.find() || text.length() - end.end() >= Integer.parseInt(length.group(1));
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static Outcome judge(String answer) {
        Matcher status = STATUS.matcher(answer);
        if (!status.lookingAt()) {
            return new Outcome(1, answer.isEmpty() ? "no answer" : "not an answer of HTTP/1: " + firstLine(answer));
        }
        int code = Integer.parseInt(status.group(1));
        Matcher end = HEAD_END.matcher(answer);
        String body = end.find() ? answer.substring(end.end()) : "";
        String utf8 = new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return new Outcome(code >= 200 && code < 400 ? 0 : 1, firstLine(answer) + (utf8.isEmpty() ? "" : "\n" + utf8));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
