package dev.firstboot.bake.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Searches bytes for a word with Horspool's algorithm, which skips most bytes. */
final class Needle {
    private final byte[] word;
    private final int[] shift = new int[256];

    Needle(String text) {
        word = text.getBytes(US_ASCII);
        Arrays.fill(shift, word.length);
        for (int i = 0; i < word.length - 1; i++) {
            shift[word[i] & 0xff] = word.length - 1 - i;
        }
    }

    /** Returns where the word begins at or after {@code from}; -1 if it does not occur. */
    int find(byte[] bytes, int from, int length) {
        int last = word.length - 1;
        byte lastByte = word[last];
        for (int at = from; at + last < length; ) {
            byte seen = bytes[at + last];
            if (seen == lastByte && Arrays.equals(bytes, at, at + last, word, 0, last)) {
                return at;
            }
            at += shift[seen & 0xff];
        }
        return -1;
    }

    boolean isIn(byte[] bytes, int length) {
        return find(bytes, 0, length) >= 0;
    }

    int length() {
        return word.length;
    }
}
