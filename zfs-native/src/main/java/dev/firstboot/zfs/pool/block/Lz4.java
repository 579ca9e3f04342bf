package dev.firstboot.zfs.pool.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * LZ4 as OpenZFS frames it ({@code module/zfs/lz4.c}): the length of the compressed bytes, big-endian in four bytes, then an
 * ordinary LZ4 block ({@code lz4_Block_format.md} of the LZ4 project).
 *
 * <p>Written in Java, so that it gives the same bytes on every machine. Not thread-safe.
 */
final class Lz4 implements Compressor {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle HEADER = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Sixteen KiB of places: they stay in the nearest cache. */
    private static final int HASH_BITS = 12;

    /** A prime of forty bits: as many as are hashed. */
    private static final long PRIME = 889_523_592_379L;

    private static final int MIN_MATCH = 4;
    private static final int FARTHEST = 65_535;

    /** A block ends with five bytes that are no match, and the last match starts twelve bytes before the end. */
    private static final int LAST_LITERALS = 5;

    private static final int LAST_MATCH = 12;

    /** What four bits of a token can tell; more follows in bytes of their own. */
    private static final int TOKEN_MAX = 15;

    /** After so many places without a match, steps grow by one, as a power of two. */
    private static final int PATIENCE = 6;

    /** Copying eight bytes at a time may write so many too many. */
    private static final int SLACK = 8;

    private static final int SHORT_COPY = 32;

    private final int[] places = new int[1 << HASH_BITS];

    @Override
    public int bound(int length) {
        return Integer.BYTES + length + length / 255 + 16 + SLACK;
    }

    @Override
    public int compress(byte[] source, int length, byte[] target, int limit) {
        int size = block(source, length, target, limit);
        if (size > 0) {
            HEADER.set(target, 0, size - Integer.BYTES);
        }
        return size;
    }

    private int block(byte[] source, int length, byte[] target, int limit) {
        int out = Integer.BYTES;
        int anchor = 0;
        int lastStart = length - LAST_MATCH;
        int[] table = places;
        Arrays.fill(table, 0);
        int at = 1;
        while (at <= lastStart) {
            int hash = hash(source, at);
            int candidate = 0;
            // Looks for four bytes that came before, in longer and longer steps.
            for (int tries = 1 << PATIENCE; ; tries++) {
                candidate = table[hash];
                table[hash] = at;
                if (matches(source, candidate, at)) {
                    break;
                }
                at += tries >> PATIENCE;
                if (at > lastStart) {
                    return literals(source, anchor, length, target, out, limit);
                }
                hash = hash(source, at);
            }
            while (at > anchor && candidate > 0 && source[at - 1] == source[candidate - 1]) {
                at--;
                candidate--;
            }
            int token = out;
            out = literals(source, anchor, at, target, out, limit);
            if (out == 0) {
                return 0;
            }
            while (true) {
                int distance = at - candidate;
                target[out++] = (byte) distance;
                target[out++] = (byte) (distance >> 8);
                int end = matchEnd(source, at + MIN_MATCH, distance, length - LAST_LITERALS);
                int more = end - at - MIN_MATCH;
                target[token] |= (byte) Math.min(more, TOKEN_MAX);
                out = rest(target, out, more);
                anchor = at = end;
                if (out > limit) {
                    return 0;
                }
                if (at > lastStart) {
                    return literals(source, anchor, length, target, out, limit);
                }
                table[hash(source, at - 2)] = at - 2;
                hash = hash(source, at);
                candidate = table[hash];
                if (!matches(source, candidate, at)) {
                    break;
                }
                table[hash] = at;
                token = out++;
                target[token] = 0;
            }
        }
        return literals(source, anchor, length, target, out, limit);
    }

    private static int hash(byte[] source, int at) {
        long fiveBytes = (long) LONG.get(source, at) << 24;
        return (int) ((fiveBytes * PRIME) >>> (Long.SIZE - HASH_BITS));
    }

    private static boolean matches(byte[] source, int before, int at) {
        return at - before <= FARTHEST && before < at && (int) INT.get(source, before) == (int) INT.get(source, at);
    }

    /** Where the bytes from {@code at} on stop being those {@code distance} before. */
    private static int matchEnd(byte[] source, int start, int distance, int end) {
        int at = start;
        while (at <= end - Long.BYTES) {
            long difference = (long) LONG.get(source, at) ^ (long) LONG.get(source, at - distance);
            if (difference != 0) {
                return at + (Long.numberOfTrailingZeros(difference) >> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && source[at] == source[at - distance]) {
            at++;
        }
        return at;
    }

    /** Writes a token and bytes as they are; returns where they end, or zero beyond the limit. */
    private static int literals(byte[] source, int from, int to, byte[] target, int start, int limit) {
        int length = to - from;
        int out = start + 1;
        target[start] = (byte) (Math.min(length, TOKEN_MAX) << 4);
        out = rest(target, out, length);
        if (out + length > limit) {
            return 0;
        }
        if (length <= SHORT_COPY && from + SHORT_COPY <= source.length) {
            for (int i = 0; i < length; i += Long.BYTES) {
                LONG.set(target, out + i, (long) LONG.get(source, from + i));
            }
        } else {
            System.arraycopy(source, from, target, out, length);
        }
        return out + length;
    }

    /** What of a length a token had no room for. */
    private static int rest(byte[] target, int start, int length) {
        int out = start;
        if (length >= TOKEN_MAX) {
            int left = length - TOKEN_MAX;
            for (; left >= 255; left -= 255) {
                target[out++] = (byte) 255;
            }
            target[out++] = (byte) left;
        }
        return out;
    }
}
