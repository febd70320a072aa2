package dev.gantry.daemon.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.daemon.type.EngineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketReaderTests {

    private final List<String> pongs = new ArrayList<>();
    private final List<Integer> closes = new ArrayList<>();

    private byte[] read(byte[] wire, Random chunks, int targetSize) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(wire);
        WebSocketReader reader = new WebSocketReader(
                target -> {
                    if (!rest.hasRemaining()) {
                        return -1;
                    }
                    int count = Math.min(1 + chunks.nextInt(5000), Math.min(rest.remaining(), target.remaining()));
                    target.put(rest.slice(rest.position(), count));
                    rest.position(rest.position() + count);
                    return count;
                },
                new WebSocketReader.Control() {
                    @Override
                    public void pong(byte[] payload) {
                        pongs.add(new String(payload, java.nio.charset.StandardCharsets.ISO_8859_1));
                    }

                    @Override
                    public void closed(int code) {
                        closes.add(code);
                    }
                });
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer target = ByteBuffer.allocate(targetSize);
        while (reader.read(target) >= 0) {
            all.write(target.array(), 0, target.position());
            target.clear();
        }
        assertThat(reader.read(target)).as("the end stays the end").isEqualTo(-1);
        return all.toByteArray();
    }

    static byte[] frame(int first, byte[] payload, Random random) {
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        ByteBuffer head = WebSocket.head(first & 0x0f, payload.length);
        ByteBuffer frame = ByteBuffer.allocate(head.remaining() + 4 + payload.length);
        frame.put(head)
                .put(0, (byte) first)
                .put(1, (byte) (frame.get(1) | 0x80))
                .put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        return frame.array();
    }

    @RepeatedTest(50)
    void anySplittingOfAnyMessagesGivesTheirBytes(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        int pings = 0;
        for (int message = 0; message < 1 + random.nextInt(10); message++) {
            int fragments = 1 + random.nextInt(4);
            for (int i = 0; i < fragments; i++) {
                byte[] payload = new byte[random.nextInt(10) == 0 ? random.nextInt(70_000) : random.nextInt(300)];
                random.nextBytes(payload);
                expected.writeBytes(payload);
                int fin = i == fragments - 1 ? 0x80 : 0;
                wire.writeBytes(frame(fin | (i > 0 ? 0 : 1 + random.nextInt(2)), payload, random));
                if (random.nextBoolean()) {
                    wire.writeBytes(frame(0x89, new byte[] {'p', (byte) ('0' + pings++)}, random));
                }
            }
        }
        wire.writeBytes(frame(0x88, new byte[] {0x0f, (byte) 0xa0, 'x'}, random));
        wire.writeBytes(frame(0x82, new byte[] {1, 2, 3}, random));
        assertThat(read(wire.toByteArray(), random, 1 + random.nextInt(9000))).isEqualTo(expected.toByteArray());
        assertThat(pongs).hasSize(pings);
        assertThat(closes).containsExactly(4000);
    }

    /** Reserved bits, opcodes nobody defined, fragments out of order, control frames too large or in parts. */
    @ParameterizedTest
    @ValueSource(ints = {0xc2, 0xa2, 0x92, 0x83, 0x87, 0x8b, 0x8f, 0x80, 0x00, 0x09, 0x08})
    void framesThatBreakTheRulesEndIt(int first) throws IOException {
        byte[] wire = frame(first, new byte[10], new Random(1));
        assertThat(read(wire, new Random(2), 100)).isEmpty();
        assertThat(closes).containsExactly(WebSocketReader.PROTOCOL_ERROR);
    }

    @Test
    void framesThatAreNotMaskedTooLongOrTooLargeEndIt() throws IOException {
        List<byte[]> hostile = List.of(
                new byte[] {(byte) 0x82, 1, 'x'},
                new byte[] {(byte) 0x82, (byte) 0xff, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4},
                frame(0x89, new byte[126], new Random(1)),
                frame(0x88, new byte[] {1}, new Random(1)),
                frame(0x88, new byte[] {3, (byte) 0xed}, new Random(1)));
        for (byte[] wire : hostile) {
            closes.clear();
            assertThat(read(wire, new Random(2), 100)).isEmpty();
            assertThat(closes).containsExactly(WebSocketReader.PROTOCOL_ERROR);
        }
    }

    @RepeatedTest(200)
    void noiseNeverFails(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] noise = new byte[random.nextInt(2000)];
        random.nextBytes(noise);
        assertThat(read(noise, random, 64).length).isLessThanOrEqualTo(noise.length);
        assertThat(closes.size()).isLessThanOrEqualTo(1);
    }

    @Test
    void aConnectionThatEndsInAFrameIsAnEnd() throws IOException {
        byte[] whole = frame(0x82, "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII), new Random(3));
        for (int length = 0; length < whole.length; length++) {
            assertThat(read(java.util.Arrays.copyOf(whole, length), new Random(1), 100).length)
                    .isLessThan(5);
        }
        assertThat(closes).isEmpty();
    }

    /** The example of RFC 6455, section 1.3. */
    @Test
    void handshakeIsAnsweredAsTheStandardHasIt() {
        Map<String, String> headers = Map.of(
                "Upgrade", "websocket",
                "Connection", "keep-alive, Upgrade",
                "Sec-WebSocket-Version", "13",
                "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(WebSocketHandshake.accept(name -> Optional.ofNullable(headers.get(name))))
                .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        for (String missing : headers.keySet()) {
            assertThatThrownBy(() -> WebSocketHandshake.accept(
                            name -> Optional.ofNullable(headers.get(name)).filter(v -> !name.equals(missing))))
                    .isInstanceOf(EngineException.class);
        }
    }
}
