package dev.gantry.daemon.api.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The status line and headers of an answer on a connection that was taken over. */
final class ResponseHead {

    private final String status;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private ResponseHead(String status) {
        this.status = status;
    }

    static ResponseHead of(String status) {
        return new ResponseHead(status);
    }

    ResponseHead with(String name, String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("A header value holds a line break: " + name);
        }
        headers.put(name, value);
        return this;
    }

    ByteBuffer encode() {
        StringBuilder text = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return StandardCharsets.ISO_8859_1.encode(text.append("\r\n").toString());
    }
}
