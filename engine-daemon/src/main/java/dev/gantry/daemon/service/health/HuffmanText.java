package dev.gantry.daemon.service.health;

import java.io.IOException;

/** Reads text in HPACK's Huffman code (RFC 7541, appendix B). The code is canonical, so the lengths tell all of it. */
final class HuffmanText {

    private static final int LONGEST = 30;
    private static final int END = 256;

    /** The length of each octet's code in bits, a letter for each length from A = 1; the last is that of the end. */
    private static final String LENGTHS =
            "MW\\\\\\\\\\\\\\X^\\\\^\\\\\\\\\\\\\\\\^\\\\\\\\\\\\\\\\\\FJJLMFHKJJHKHFFFEEEFFFFFFFGHOFLJ"
                    + "MFGGGGGGGGGGGGGGGGGGGGGGHGHMSMNFOEFEFEFFFEGGFFFEFGFEEFGGGGGOKNM\\"
                    + "TVTTVVVWVWWWWWXWXXVWXWWWWUVWVWWXVUTVVWWUWVVXUVWWUUVUWVWWTVVVWVVW"
                    + "ZZTSVWVYZZZ[[ZXYSUZ[[Z[XUUZZ\\[[[TXTUVUUWVVYYXXZWZ[ZZ[[[[[\\[[[[[Z"
                    + "^";

    /** By length: the first code of that length, and where its octet stands in {@link #OCTETS}. */
    private static final int[] FIRST_CODE = new int[LONGEST + 2];

    private static final int[] FIRST_INDEX = new int[LONGEST + 2];
    private static final int[] OCTETS = new int[END + 1];

    static {
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code <<= 1;
            FIRST_CODE[length] = code;
            FIRST_INDEX[length] = index;
            for (int octet = 0; octet <= END; octet++) {
                if (lengthOf(octet) == length) {
                    OCTETS[index++] = octet;
                    code++;
                }
            }
        }
        FIRST_INDEX[LONGEST + 1] = index;
    }

    private HuffmanText() {}

    private static int lengthOf(int octet) {
        return LENGTHS.charAt(octet) - '@';
    }

    /** Reads all of it; the unused bits of the last octet are ones. */
    static String decode(byte[] coded) throws IOException {
        StringBuilder text = new StringBuilder(coded.length * 2);
        int code = 0;
        int length = 0;
        for (int bit = 0; bit < coded.length * 8; bit++) {
            code = (code << 1) | ((coded[bit >> 3] >> (7 - (bit & 7))) & 1);
            length++;
            int offset = length > LONGEST ? -1 : code - FIRST_CODE[length];
            if (offset >= 0 && offset < FIRST_INDEX[length + 1] - FIRST_INDEX[length]) {
                int octet = OCTETS[FIRST_INDEX[length] + offset];
                if (octet == END) {
                    throw broken();
                }
                text.append((char) octet);
                code = 0;
                length = 0;
            } else if (length > LONGEST) {
                throw broken();
            }
        }
        if (length > 7 || code != (1 << length) - 1) {
            throw broken();
        }
        return text.toString();
    }

    private static IOException broken() {
        return new IOException("the server's headers are not in HPACK's code");
    }
}
