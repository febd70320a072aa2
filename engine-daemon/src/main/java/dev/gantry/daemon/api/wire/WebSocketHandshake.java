package dev.gantry.daemon.api.wire;

import dev.gantry.daemon.type.EngineException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The opening of a WebSocket as RFC 6455, section 4.2, has it. */
final class WebSocketHandshake {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private WebSocketHandshake() {}

    /**
     * Checks a request and gives what the server must answer in {@code Sec-WebSocket-Accept}.
     *
     * @param headers gives the value of a request's header
     * @throws EngineException invalid where it does not ask for a WebSocket that we speak
     */
    static String accept(Function<String, Optional<String>> headers) {
        require(holds(headers, "Upgrade", "websocket"), "not websocket protocol: the header Upgrade must be websocket");
        require(
                holds(headers, "Connection", "upgrade"),
                "not websocket protocol: the header Connection must be Upgrade");
        require(
                headers.apply("Sec-WebSocket-Version").filter("13"::equals).isPresent(),
                "missing or bad WebSocket Version: 13 is spoken");
        String key = headers.apply("Sec-WebSocket-Key").map(String::strip).orElse("");
        require(isKey(key), "mismatch challenge/response: Sec-WebSocket-Key must be 16 bytes in base64");
        return answer(key);
    }

    private static boolean holds(Function<String, Optional<String>> headers, String name, String token) {
        for (String one :
                headers.apply(name).orElse("").toLowerCase(Locale.ROOT).split(",", -1)) {
            if (one.strip().equals(token)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    static String answer(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-1", e);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw EngineException.invalid(otherwise);
        }
    }
}
