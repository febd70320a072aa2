package dev.gantry.daemon.store.layer;

/** Reads the numbers of archive headers: octal digits, or base 256 when the first bit is set. */
final class TarNumber {

    private TarNumber() {}

    static long parse(byte[] header, int start, int length) {
        return (header[start] & 0x80) != 0 ? binary(header, start, length) : octal(header, start, length);
    }

    private static long binary(byte[] header, int start, int length) {
        boolean negative = (header[start] & 0x40) != 0;
        int first = negative ? header[start] : header[start] & 0x7f;
        long value = first;
        for (int i = start + 1; i < start + length; i++) {
            if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
                throw PaxHeaders.damaged("a number is out of range");
            }
            value = value << 8 | (header[i] & 0xFF);
        }
        return value;
    }

    private static long octal(byte[] header, int start, int length) {
        int position = start;
        int end = start + length;
        while (position < end && (header[position] == ' ' || header[position] == 0)) {
            position++;
        }
        long value = 0;
        while (position < end && header[position] != ' ' && header[position] != 0) {
            int digit = header[position++] - '0';
            if (digit < 0 || digit > 7) {
                throw PaxHeaders.damaged("a number of a header is not octal");
            }
            value = value << 3 | digit;
        }
        return value;
    }
}
