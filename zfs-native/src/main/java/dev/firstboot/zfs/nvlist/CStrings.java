package dev.firstboot.zfs.nvlist;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Converts C strings to Java strings and back, without loss. C guarantees bytes, not UTF-8: a byte that is not part of valid UTF-8 becomes the lone surrogate
 * U+DC00 + byte, which no valid UTF-8 decodes to, and is restored when encoded.
 */
final class CStrings {
    private static final char ESCAPE = 0xDC00;

    private CStrings() {}

    /**
     * Returns the bytes, without a NUL at the end.
     *
     * @throws IllegalArgumentException if the text contains a NUL, or a lone surrogate that stands for no byte
     */
    static byte[] encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("a C string cannot hold a NUL, as at index " + i);
            } else if (c >= 0x80) {
                return encodeUnicode(text);
            }
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns how many bytes the text takes, without a NUL at the end.
     *
     * @throws IllegalArgumentException if it cannot be encoded
     */
    static int length(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || c >= 0x80) {
                return encode(text).length;
            }
        }
        return text.length();
    }

    private static byte[] encodeUnicode(String text) {
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        CharBuffer in = CharBuffer.wrap(text);
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(text.length(), 3));
        while (encoder.encode(in, out, true).isMalformed()) {
            int c = in.get();
            if (c < ESCAPE + 0x80 || c > ESCAPE + 0xff) {
                throw new IllegalArgumentException(
                        "the surrogate at index " + (in.position() - 1) + " is half a character");
            }
            out.put((byte) c);
        }
        byte[] bytes = Arrays.copyOf(out.array(), out.position());
        for (byte b : bytes) {
            if (b == 0) {
                throw new IllegalArgumentException("a C string cannot hold a NUL");
            }
        }
        return bytes;
    }

    static String decode(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                return decodeUnicode(ByteBuffer.wrap(bytes, offset, length));
            }
        }
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    private static String decodeUnicode(ByteBuffer in) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer out = CharBuffer.allocate(in.remaining());
        CoderResult result = decoder.decode(in, out, true);
        while (result.isMalformed()) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPE + Byte.toUnsignedInt(in.get())));
            }
            result = decoder.decode(in, out, true);
        }
        return out.flip().toString();
    }
}
