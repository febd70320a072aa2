package dev.gantry.daemon.linux.inflate;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPOutputStream;

/**
 * The library {@code libisal.so.2}. Its structures are no stable interface, so the first use proves the layout: it
 * inflates known data in awkward pieces and compares.
 */
final class IsaL {

    private static final int SAMPLE_SIZE = 300_000;

    private IsaL() {}

    static boolean isUsable() {
        return Probe.USABLE;
    }

    static native void isal_inflate_init(Pointer state);

    static native void isal_inflate_reset(Pointer state);

    static native int isal_inflate(Pointer state);

    private static final class Probe {

        static final boolean USABLE = probe();

        private static boolean probe() {
            try {
                Native.register(IsaL.class, NativeLibrary.getInstance("libisal.so.2"));
            } catch (UnsatisfiedLinkError e) {
                return false;
            }
            try {
                return Platform.is64Bit() && inflates(1) && inflates(4093) && inflates(GzipInflater.inputLimit());
            } catch (IOException | DataFormatException e) {
                return false;
            }
        }

        private static boolean inflates(int piece) throws IOException, DataFormatException {
            byte[] sample = sample(piece == 1 ? SAMPLE_SIZE / 20 : SAMPLE_SIZE);
            byte[] twice = Arrays.copyOf(sample, sample.length * 2);
            System.arraycopy(sample, 0, twice, sample.length, sample.length);
            ByteArrayOutputStream members = new ByteArrayOutputStream();
            members.write(gzip(sample));
            members.write(gzip(sample));
            return Arrays.equals(inflate(members.toByteArray(), piece, twice.length), twice);
        }

        private static byte[] sample(int size) {
            Random random = new Random(7);
            byte[] sample = new byte[size];
            for (int i = 0; i < size; i++) {
                // A mixture of literals, short repeats and long ones.
                sample[i] = (byte) (i % 1000 < 200 ? random.nextInt() : i % 97);
            }
            return sample;
        }

        private static byte[] gzip(byte[] bytes) throws IOException {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(bytes);
            }
            return compressed.toByteArray();
        }

        private static byte[] inflate(byte[] compressed, int piece, int expected) throws DataFormatException {
            byte[] result = new byte[expected];
            int used = 0;
            int produced = 0;
            try (GzipInflater inflater = new GzipInflater();
                    Memory output = new Memory(1000)) {
                while (produced < expected) {
                    if (inflater.memberEnded()) {
                        inflater.nextMember();
                    }
                    if (inflater.remainingInput() == 0 && used < compressed.length) {
                        byte[] next = Arrays.copyOfRange(compressed, used, Math.min(used + piece, compressed.length));
                        inflater.input(next, next.length);
                        used += next.length;
                    }
                    int count = inflater.inflate(Pointer.nativeValue(output), 1000);
                    if (count == 0 && used == compressed.length && inflater.remainingInput() == 0) {
                        break;
                    }
                    output.read(0, result, produced, Math.min(count, expected - produced));
                    produced += count;
                }
            }
            return produced == expected ? result : new byte[0];
        }
    }
}
